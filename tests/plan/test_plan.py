from datetime import datetime, timedelta

from commentary.model import Correction, Status
from commentary.plan import Kind, fingerprint, make_plan
from tests.factories import ZONE, make_corpus, make_post, make_settings, make_source

START = datetime(2025, 1, 1, 12, tzinfo=ZONE)


def a_post(number, **changes):
    source = make_source(url=f"https://herald.example/{number}", published=None)
    fields = {"slug": f"post-{number}", "posted": START + timedelta(days=number), "sources": (source,)}
    return make_post(**fields | changes)


def plan(*posts, **changes):
    return {page.path: page for page in make_plan(make_corpus(*posts), make_settings(**changes))}


def keys(*posts):
    return {path: fingerprint(page.inputs) for path, page in plan(*posts, stream_size=5, index_size=5).items()}


def test_the_plan_names_every_page_of_a_site_of_one_post():
    assert set(plan(make_post(story="tariff-dispute", aliases=("/old/",)))) == {
        "2025/04/30/tariff-pause/index.html",
        "2025/04/30/tariff-pause/receipt.json",
        "receipt.schema.json",
        "old/index.html",
        "index.html",
        "topics/index.html",
        "topics/trade/index.html",
        "topics/trade/feed.atom",
        "publications/index.html",
        "publications/the-herald/index.html",
        "publications/the-herald/feed.atom",
        "stories/index.html",
        "stories/tariff-dispute/index.html",
        "stories/tariff-dispute/feed.atom",
        "archive/index.html",
        "2025/index.html",
        "2025/04/index.html",
        "corrections/index.html",
        "subscribe/index.html",
        "search/index.html",
        "search/facets.json",
        "search/posts/0.json",
        "search/terms/0-0.json",
        "feed.atom",
        "feed.rss",
        "feed.json",
        "source-first.atom",
        "corrections/feed.atom",
        "feeds.opml",
        "data/quotations-2025.json",
        "data/quotations-2025.csv",
        "_redirects",
        "redirects.map",
        "404.html",
        "sitemap.xml",
        "robots.txt",
        "_headers",
    }


def test_pages_come_in_the_order_they_are_written():
    """Posts before the lists that lead to them, feeds last."""
    kinds = [page.kind for page in make_plan(make_corpus(), make_settings())]

    assert kinds.index(Kind.POST) < kinds.index(Kind.TOPIC) < kinds.index(Kind.STREAM) < kinds.index(Kind.ATOM)


def test_a_withdrawn_post_keeps_its_address_and_leaves_every_list():
    gone = make_post(status=Status.WITHDRAWN, reason="The source retracted it.")

    pages = plan(gone)

    assert pages["2025/04/30/tariff-pause/index.html"].kind is Kind.WITHDRAWN
    assert "topics/trade/index.html" not in pages
    assert pages["index.html"].inputs.posts == ()
    assert len(plan(make_post())["index.html"].inputs.posts) == 1


def test_a_new_post_changes_few_pages():
    """Its own page, its neighbour, the newest lists and their indexes, the feeds: nothing else."""
    posts = [a_post(n) for n in range(31)]

    before, after = keys(*posts), keys(*posts, a_post(31))
    changed = {path for path in after if before.get(path) != after[path]}

    assert changed == {
        "2025/02/01/post-31/index.html",
        "2025/02/01/post-31/receipt.json",
        "2025/01/31/post-30/index.html",
        "index.html",
        "topics/index.html",
        "topics/trade/index.html",
        "topics/trade/feed.atom",
        "publications/index.html",
        "publications/the-herald/index.html",
        "archive/index.html",
        "2025/index.html",
        "2025/02/index.html",
        "feed.atom",
        "feed.rss",
        "feed.json",
        "source-first.atom",
        "publications/the-herald/feed.atom",
        "subscribe/index.html",
        "data/quotations-2025.json",
        "data/quotations-2025.csv",
        "sitemap.xml",
        "search/facets.json",
        "search/posts/15.json",
        "search/terms/0-0.json",
        "search/terms/1-0.json",
        "search/terms/1-1.json",
    }


def test_a_post_leads_to_earlier_posts_of_its_story_then_of_its_rarest_topics_newest_first():
    """Of nine earlier posts there is room for five: the story's, the rare topic's, and the nearest of the common one."""
    of_story = a_post(1, story="tariff-dispute", topics=("diplomacy",))
    rare = a_post(2, topics=("diplomacy",))
    common = [a_post(n) for n in range(3, 10)]
    post = a_post(10, story="tariff-dispute", topics=("trade", "diplomacy"))

    page = plan(of_story, rare, *common, post)["2025/01/11/post-10/index.html"]

    assert [r.href for r in page.inputs.earlier] == [p.permalink for p in (*common[:3:-1], rare, of_story)]


def test_a_post_names_no_later_post_but_the_next():
    page = plan(*(a_post(n) for n in range(4)))["2025/01/02/post-1/index.html"]

    assert (page.inputs.previous.href, page.inputs.next.href) == ("/2025/01/01/post-0/", "/2025/01/03/post-2/")
    assert [r.href for r in page.inputs.earlier] == ["/2025/01/01/post-0/"]


def test_a_post_names_the_next_posts_on_its_source():
    """A page that is quoted all the time changes no old page for ever."""
    source = make_source(url="https://herald.example/one")
    same = make_source(url="https://www.herald.example/one#top")
    posts = [a_post(n, sources=(source if n % 2 else same,)) for n in range(6)]
    pages = plan(*posts, a_post(7))

    again = [[r.href for r in pages[f"2025/01/0{n + 1}/post-{n}/index.html"].inputs.again] for n in (0, 3, 5)]
    assert again == [
        [posts[n].permalink for n in (1, 2, 3)],
        [posts[n].permalink for n in (4, 5)],
        [],
    ]


def test_a_topic_meets_most_what_shares_most_posts_with_it():
    posts = [a_post(1, topics=("trade", "diplomacy")), a_post(2, topics=("trade",))]
    pages = plan(*posts)

    meets = {slug: pages[f"topics/{slug}/index.html"].inputs.meets for slug in ("trade", "diplomacy")}
    assert [(m.topic.name, m.count) for m in meets["trade"]] == [("Diplomacy", 1)]
    assert [(m.topic.name, m.count) for m in meets["diplomacy"]] == [("Trade", 1)]
    assert plan(a_post(2, topics=("trade",)))["topics/trade/index.html"].inputs.meets == ()


def test_a_feed_is_as_new_as_its_last_change_and_has_no_clock():
    corrected = START + timedelta(days=40)
    posts = [a_post(1, corrections=(Correction(date=corrected, note="A name."),)), a_post(2)]

    assert plan(*posts)["feed.atom"].inputs.updated == corrected
    assert plan(a_post(2))["feed.atom"].inputs.updated == a_post(2).posted


def test_a_feed_id_is_minted_from_the_permalink_unless_the_author_keeps_one():
    items = plan(a_post(1), a_post(2, id="urn:uuid:1"))["feed.atom"].inputs.items

    assert tuple(item.id for item in items) == ("urn:uuid:1", "tag:remarks.example,2025-01-02:/2025/01/02/post-1/")


def test_corrections_are_listed_newest_first():
    first, second = (Correction(date=START + timedelta(days=n), note=f"Note {n}") for n in (1, 2))

    entries = plan(make_post(corrections=(first, second)))["corrections/index.html"].inputs.entries

    assert [correction for correction, _ in entries] == [second, first]


def test_equal_inputs_have_equal_fingerprints_and_one_changed_field_another():
    one, same, other = (fingerprint((make_post(), START, title)) for title in ("a", "a", "b"))

    assert one == same != other
