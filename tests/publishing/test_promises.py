"""Breaking a promise is one finding, at the line that can keep it, with the way out; keeping it is none."""

from dataclasses import replace
from datetime import datetime, timedelta

from commentary.findings import ERROR, WARNING, found
from commentary.model import Correction, Document, Status
from commentary.plan import make_plan
from commentary.published import Register
from commentary.publishing.promises import Promises
from commentary.publishing.register import updated
from commentary.reading.redirects import Redirect
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

FILE = "content/data/register.json"
OLD = "/2025/04/30/tariff-pause/ was published on 2025-05-01 and would be lost"


def broken(register, *posts, faults=(), vocabulary=None, documents=(), redirects=()):
    """The findings if these posts, all that there are, were published now."""
    corpus = make_corpus(*posts, vocabulary=vocabulary, documents=documents, now=NOW)
    pages = make_plan(corpus, make_settings(), register=register, redirects=redirects)
    promises = Promises(
        register=register,
        file=FILE,
        pages=pages,
        corpus=corpus,
        posts=posts,
        faults=faults,
        site=make_site(),
        redirects=redirects,
    )
    return list(promises.broken())


def one(register, *posts, **more):
    (finding,) = broken(register, *posts, **more)
    return (finding.path, finding.line, finding.severity, finding.rule), finding.message


MOVED = f"if it has moved, add `aliases: [{PERMALINK}]` to the post"
OTHER = make_post(slug="other", posted=datetime(2025, 4, 29, 9, tzinfo=ZONE))


def test_what_stays_is_no_finding():
    assert broken(registered(make_post(), OTHER), make_post(), OTHER) == []


def test_without_a_register_nothing_is_promised():
    assert broken(Register(), make_post()) == []


def test_a_removed_file_is_one_finding_at_the_registers_line():
    """Though its topic and publication lose their last post with it: those pages stay."""
    register = registered(make_post(topics=("diplomacy",)), OTHER)

    assert one(register, OTHER) == (
        (FILE, 1, ERROR, "lost-address"),
        f"{OLD}; bring its file back, with `status: withdrawn` and a `reason` if it must go; {MOVED}",
    )


def test_a_changed_slug_without_alias_is_one_finding_at_the_post_with_the_line_to_add():
    moved = make_post(slug="moved")

    assert one(registered(make_post(), OTHER), moved, OTHER) == (
        (moved.path, 3, ERROR, "lost-address"),
        f"{OLD}; add `aliases: [{PERMALINK}]`",
    )
    assert broken(registered(make_post(), OTHER), make_post(slug="moved", aliases=(PERMALINK,)), OTHER) == []


def test_a_changed_date_is_found_by_the_slug_even_if_the_words_changed_too():
    moved = make_post(
        posted=datetime(2025, 4, 28, 9, tzinfo=ZONE),
        aliases=("/a/",),
        parts=(make_remark("New."), make_excerpt("New.")),
    )

    assert one(registered(make_post()), moved)[1] == f"{OLD}; add {PERMALINK} to its aliases"


def test_a_post_made_a_draft_again_or_put_off_is_found_at_that_line():
    register = registered(make_post())
    draft, later = make_post(status=Status.DRAFT), make_post(posted=NOW + timedelta(hours=5))
    later_at_the_same_address = later.model_copy(update={"posted": make_post().posted.replace(hour=23)})

    assert one(register, draft)[0][0] == draft.path
    assert "status: withdrawn" in one(register, draft)[1]
    assert broken(register, later_at_the_same_address) == []


def test_a_withdrawn_post_keeps_its_address():
    assert broken(registered(make_post()), make_post(status=Status.WITHDRAWN, reason="Retracted.")) == []


REDIRECT = Redirect(PERMALINK, "", "/2025/04/30/moved/", "content/data/redirects.yaml", 3)


def test_a_redirect_in_place_of_an_alias_is_one_error_at_its_line():
    """The post would be new to subscribers, and held to none of its words."""
    register = registered(make_post(), OTHER)
    moved = make_post(slug="moved", parts=(make_remark(), make_excerpt("Other words.")))

    place, message = one(register, moved, OTHER, redirects=[REDIRECT])

    assert place == ("content/data/redirects.yaml", 3, ERROR, "redirect")
    assert f"write `aliases: [{PERMALINK}]`" in message
    by_id = moved.model_copy(update={"id": register.rows[PERMALINK].id})
    assert one(register, by_id, OTHER, redirects=[REDIRECT])[0][3] == "redirect"
    assert broken(register, make_post(slug="moved", aliases=(PERMALINK,)), OTHER) == []


def test_a_post_is_not_deleted_by_leading_its_address_elsewhere():
    to_a_topic = replace(REDIRECT, target="/topics/trade/")

    assert one(registered(make_post(), OTHER), OTHER, redirects=[to_a_topic])[0][3] == "redirect"


def test_a_redirect_from_what_was_no_post_or_has_moved_long_ago_is_none():
    """An alias whose id and words are known at the new address may become a line of the file."""
    register = registered(make_post(), OTHER)
    moved = registered(make_post(slug="moved", aliases=(PERMALINK,)), OTHER, register=register)
    imported = replace(REDIRECT, path="/imported/")

    assert broken(register, make_post(), OTHER, redirects=[replace(imported, target=PERMALINK)]) == []
    assert broken(moved, make_post(slug="moved"), OTHER, redirects=[REDIRECT]) == []


def test_a_page_that_is_gone_names_the_redirect():
    about = Document(path="content/pages/about.md", digest="x", slug="about", title="About", html="")
    corpus = make_corpus(documents=(about,))
    pages = make_plan(corpus, make_settings())
    register = updated(Register(), pages, corpus, make_site(), today=NOW.date())

    assert broken(register, make_post(), documents=(about,)) == []
    assert "content/data/redirects.yaml" in one(register, make_post())[1]


def test_a_topic_that_is_declared_no_more_is_one_finding_with_its_feed():
    without = make_vocabulary(topics=make_vocabulary().topics[:1])
    register = registered(make_post(topics=("diplomacy",)))

    place, message = one(register, make_post(), vocabulary=without)

    assert place == (FILE, 1, ERROR, "lost-address")
    assert "/topics/diplomacy/ was published" in message
    assert "content/data/topics.yaml" in message


def test_a_file_that_cannot_be_read_is_not_called_lost_as_well():
    """Its own fault is told already; mending it brings the address back."""
    faults = [found(make_post().path, 2, "front-matter", "x")]

    assert broken(registered(make_post(), OTHER), OTHER, faults=faults) == []


def test_an_edited_excerpt_is_one_error_at_its_line():
    edited = make_post(parts=(make_remark(), make_excerpt("“We paused the tariffs for ninety days.”")))

    place, message = one(registered(make_post()), edited)

    assert place == (edited.path, 12, ERROR, "altered-excerpt")
    assert message.endswith("restore it, or add what changed to `corrections`")


def test_an_edited_excerpt_with_a_new_correction_is_none_and_an_old_correction_does_not_count():
    correction = Correction(date=NOW, note="A word.")
    parts = (make_remark(), make_excerpt("“We paused the tariffs for ninety days.”"))

    assert broken(registered(make_post()), make_post(parts=parts, corrections=(correction,))) == []
    corrected_before = registered(make_post(corrections=(correction,)))
    assert one(corrected_before, make_post(parts=parts, corrections=(correction,)))[0][3] == "altered-excerpt"


def test_an_edited_remark_is_one_warning_unless_readers_are_told():
    parts = (make_remark("Something else entirely."), make_excerpt())

    assert one(registered(make_post()), make_post(parts=parts))[0][2:] == (WARNING, "altered-remark")
    assert broken(registered(make_post()), make_post(parts=parts, updated=NOW)) == []
    assert broken(registered(make_post()), make_post(parts=parts, corrections=(Correction(date=NOW, note="x"),))) == []


def test_mended_typography_in_a_remark_is_none():
    before, after = (
        make_post(parts=(make_remark(text), make_excerpt())) for text in ('"Relief" - really...', "“Relief” – really…")
    )

    assert broken(registered(before), after) == []


def test_a_moved_post_is_still_held_to_its_words():
    moved = make_post(slug="moved", aliases=(PERMALINK,), parts=(make_remark(), make_excerpt("Other words.")))

    assert one(registered(make_post()), moved)[0][3] == "altered-excerpt"


def test_an_id_that_would_change_is_one_finding():
    post = make_post(id="urn:uuid:1", lines={"id": 7})

    place, message = one(registered(make_post()), post)

    assert place == (post.path, 7, ERROR, "changed-id")
    assert message.startswith(
        "the feed id would change from tag:remarks.example,2025-04-30:/2025/04/30/tariff-pause/ to"
    )
    assert broken(registered(make_post(id="urn:uuid:1")), post) == []


def test_two_posts_of_one_id_are_one_finding():
    first, second = (make_post(slug=slug, id="urn:uuid:1") for slug in ("first", "second"))
    finding = one(Register(), first, second)

    assert finding[0][3] == "changed-id"
    assert "first.md already" in finding[1] or "second.md already" in finding[1]
