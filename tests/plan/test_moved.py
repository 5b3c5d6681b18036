"""What stood beside a post, or listed it, answers when the post has moved."""

from datetime import datetime

from commentary.plan import Kind, make_plan
from commentary.plan.inputs import RedirectInputs
from commentary.published import Register, feed_id
from commentary.publishing.register import updated
from commentary.reading.redirects import Redirect
from commentary.vocabulary import Topic
from tests.factories import (
    NOW,
    ZONE,
    make_corpus,
    make_excerpt,
    make_post,
    make_remark,
    make_settings,
    make_site,
    make_vocabulary,
)
from tests.publishing.test_register import PERMALINK, registered

IN_MAY = datetime(2025, 5, 1, 9, tzinfo=ZONE)
IN_2024 = datetime(2024, 12, 1, 9, tzinfo=ZONE)
BEFORE = registered(make_post())


def plan(*posts, register=BEFORE, redirects=(), outputs=None):
    site = make_site(**({} if outputs is None else {"outputs": outputs}))
    pages = make_plan(make_corpus(*posts, now=NOW), make_settings(site=site), register=register, redirects=redirects)
    return {page.path: page for page in pages}


def periods(pages):
    return {page.address for page in pages.values() if page.kind is Kind.PERIOD}


def test_a_post_that_moved_has_its_receipt_at_both_addresses():
    """A copy: programs that read it follow no HTML. An alias that was no post's never had one."""
    pages = plan(make_post(slug="moved", aliases=(PERMALINK, "/imported/")))
    old, new = (f"2025/04/30/{slug}/receipt.json" for slug in ("tariff-pause", "moved"))

    assert pages[old].inputs == pages[new].inputs
    assert {path for path, page in pages.items() if page.kind is Kind.RECEIPT} == {old, new}
    assert f"/{old}" in {page.address for page in pages.values()}


def test_without_excerpts_or_receipts_there_is_none():
    silent = make_post(slug="moved", aliases=(PERMALINK,), parts=(make_remark(),))

    assert not [path for path in plan(silent) if path.endswith("/receipt.json")]
    quoting = make_post(slug="moved", aliases=(PERMALINK,), parts=(make_remark(), make_excerpt()))
    assert not [path for path in plan(quoting, outputs=frozenset()) if path.endswith("/receipt.json")]


def test_a_month_and_a_year_that_all_posts_have_left_answer_as_empty_lists():
    assert periods(plan(make_post())) == {"/2025/", "/2025/04/"}

    in_may = plan(make_post(posted=IN_MAY, aliases=(PERMALINK,)))
    in_2024 = plan(make_post(posted=IN_2024, aliases=(PERMALINK,)))

    assert periods(in_may) == {"/2025/", "/2025/04/", "/2025/05/"}
    assert in_may["2025/04/index.html"].inputs.refs == ()
    assert periods(in_2024) == {"/2024/", "/2024/12/", "/2025/", "/2025/04/"}
    year = in_2024["2025/index.html"].inputs
    assert (year.refs, [(span.href, span.count) for span in year.months]) == ((), [("/2025/04/", 0)])
    for pages in (in_may, in_2024):
        assert "/2025/04/" not in [s.href for _, months in pages["archive/index.html"].inputs.years for s in months]


def test_a_site_without_archive_has_no_such_pages():
    assert periods(plan(make_post(posted=IN_MAY, aliases=(PERMALINK,)), outputs=frozenset())) == set()


def test_who_leads_such_an_address_elsewhere_is_not_disturbed():
    redirect = Redirect("/2025/04/", "", "/archive/", "content/data/redirects.yaml", 1)

    pages = plan(make_post(posted=IN_MAY, aliases=(PERMALINK,)), redirects=[redirect])

    assert pages["2025/04/index.html"].inputs == RedirectInputs("/archive/")


def test_rows_that_are_no_days_of_posts_empty_no_month():
    """Somebody wrote them, or the posts' addresses were others once."""
    row = BEFORE.rows[PERMALINK]
    odd = ("/2025/13/01/a/", "/0000/01/01/a/", "/20/25/a/", "/blog/a/", "/a/")

    assert periods(plan(make_post(), register=Register(dict.fromkeys(odd, row)))) == {"/2025/", "/2025/04/"}


OLD, NEW = "/topics/trade/feed.atom", "/topics/commerce/feed.atom"
FEED_ID = f"tag:remarks.example,2025:{OLD}"
MERGED = make_vocabulary(topics=(Topic(slug="commerce", name="Commerce"), Topic(slug="diplomacy", name="Diplomacy")))


def renamed(register, *leads, topics=("commerce",)):
    """The ids of the feeds of topics, and the register after publishing them; `leads`: old and new slugs."""
    redirects = [
        Redirect(f"/topics/{old}/{name}", "", f"/topics/{new}/{name}", "content/data/redirects.yaml", 1)
        for old, new in leads
        for name in ("", "feed.atom")
    ]
    corpus = make_corpus(make_post(topics=topics), vocabulary=MERGED, now=NOW)
    pages = make_plan(corpus, make_settings(), register=register, redirects=redirects)
    feeds = {page.address: page.inputs for page in pages if page.kind is Kind.ATOM and "topics/" in page.path}
    ids = {address: inputs.id or feed_id(inputs.path, make_site()) for address, inputs in feeds.items()}
    return ids, updated(register, pages, corpus, make_site(), today=NOW.date())


def test_the_feed_of_a_topic_that_has_another_name_keeps_its_id_at_both_addresses():
    ids, register = renamed(BEFORE, ("trade", "commerce"))

    assert ids == {OLD: FEED_ID, NEW: FEED_ID}
    assert renamed(register, ("trade", "commerce"))[0] == ids  # though the new address is registered by now


def test_a_feed_renamed_twice_has_its_first_id_at_all_three():
    _, register = renamed(BEFORE, ("trade", "diplomacy"), topics=("diplomacy",))

    ids, _ = renamed(register, ("trade", "diplomacy"), ("diplomacy", "commerce"))

    assert ids == {
        address.replace("trade", slug): FEED_ID for slug in ("trade", "diplomacy", "commerce") for address in [OLD]
    }


def test_a_topic_that_takes_in_another_keeps_its_own_id():
    """Its subscribers come first; those of the other one get its feed."""
    own = f"tag:remarks.example,2025:{NEW}"
    _, register = renamed(BEFORE)

    assert renamed(register, ("trade", "commerce"))[0] == {OLD: own, NEW: own}


def test_a_redirect_from_what_was_never_published_changes_no_id():
    assert renamed(Register(), ("imported", "commerce"))[0][NEW] == f"tag:remarks.example,2025:{NEW}"
