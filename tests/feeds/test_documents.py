"""Whole documents of feeds: how they are cut, how they go on, how large they are."""

import json
from datetime import datetime, timedelta

import feedparser
import pytest
from lxml import etree, html

from commentary.caching import Memo
from commentary.feeds.size import MOST_BYTES, volumes
from commentary.model import Correction, Via
from commentary.plan.feeds import feeds
from commentary.published import Register
from tests.factories import ZONE, make_corpus, make_excerpt, make_post, make_remark, make_settings, make_source
from tests.feeds.making import HOSTILE, verified
from tests.feeds.rendering import rendered

START = datetime(2020, 1, 1, 12, tzinfo=ZONE)
NOW = datetime(2026, 1, 1, tzinfo=ZONE)
SITE = "https://remarks.example/"
PREVIOUS = "{http://www.w3.org/2005/Atom}link[@rel='prev-archive']"


def a_post(number, **changes):
    return make_post(slug=f"post-{number}", posted=START + timedelta(days=number), **changes)


def corpus_of(number, **changes):
    return make_corpus(*(a_post(n, **changes) for n in range(number)), now=NOW)


def walk_xml(files, path, entry_id):
    """Ids from a feed and its archives, the way a reader follows `prev-archive`."""
    while path:
        root = etree.fromstring(files[path])
        yield from [found.text for found in root.iterfind(f".//{entry_id}")]
        link = root.find(f".//{PREVIOUS}")
        path = link.get("href").removeprefix(SITE) if link is not None else None


def walk_json(files, path):
    while path:
        document = json.loads(files[path])
        yield from [item["id"] for item in document["items"]]
        path = document.get("next_url", "").removeprefix(SITE)


def test_walking_back_from_the_newest_feed_meets_each_of_500_posts_once_in_order():
    corpus = corpus_of(500)
    files = rendered(corpus)
    expected = [f"tag:remarks.example,{p.posted:%Y-%m-%d}:{p.permalink}" for p in corpus.posts]
    atom = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}id"

    assert len(expected) == 500
    assert list(walk_xml(files, "feed.atom", atom)) == expected
    assert list(walk_xml(files, "source-first.atom", atom)) == expected
    assert list(walk_xml(files, "feed.rss", "item/guid")) == expected
    assert list(walk_json(files, "feed.json")) == expected


def test_a_new_post_changes_no_finished_archive():
    """Byte for byte, through the moments at which an archive is closed."""
    archives: dict[str, bytes] = {}
    for number in (30, 31, 32, 45, 46, 47, 61):
        files = rendered(corpus_of(number))
        now = {path: content for path, content in files.items() if path.startswith(("feed/", "source-first/"))}
        assert {path: now[path] for path in archives} == archives
        archives = now

    assert sorted(p for p in archives if p.endswith("atom")) == [
        f"{stem}/{n}.atom" for stem in ("feed", "source-first") for n in (1, 2, 3)
    ]


@pytest.mark.parametrize("number", [0, 1, 29, 30, 31, 45, 46, 200])
def test_the_feed_itself_never_runs_dry_and_never_holds_more_than_30(number):
    """A reader that looks in now and then must not miss a post because an archive took it away."""
    newest, *archives = volumes(corpus_of(number).posts, 30) if number else [()]

    assert min(number, 16) <= len(newest) <= 30
    assert {len(posts) for posts in archives} <= {15}
    assert len(newest) + sum(map(len, archives)) == number


def test_posts_that_did_not_change_are_not_read_again_to_cut_their_feeds():
    """All but the new one have lost their words since, and every document holds what it would if they had not."""
    posts = [a_post(n, parts=(make_remark("word " * (n % 5) * 2000), make_excerpt())) for n in range(100)]
    bare = [post.model_copy(update={"parts": ()}) for post in posts[:-1]]

    def documents(posts, memo):
        pages = feeds(make_corpus(*posts, now=NOW), make_settings(), Register(), memo)
        return {page.path: [item.id for item in getattr(page.inputs, "items", ())] for page in pages}

    whole, memo = documents(posts, Memo()), Memo()
    documents(posts[:-1], memo)

    assert documents([*bare, posts[-1]], memo) == whole
    assert documents([*bare, posts[-1]], Memo()) != whole


LONG_URL = "https://herald.example/" + "a?b=1&c=한" * 150
BODIES = {
    "ordinary": {},
    "5,000 words": {"parts": (make_remark("word " * 5000), make_excerpt())},
    "5,000 Korean words": {"parts": (make_remark("평화롭게 " * 5000), make_excerpt("“남북이 합의했다.” " * 300))},
    "all markup": {"parts": (make_remark("<&>\"'" * 3000), make_excerpt("“a&b” <c> " * 600))},
    "too long for any feed": {"parts": (make_remark("<&>" * 60_000), make_excerpt())},
    "long addresses": {
        "sources": (make_source(url=LONG_URL, memento=LONG_URL, via=Via(name="x & y", url=LONG_URL)),),
        "related": tuple(make_source(url=f"{LONG_URL}{n}") for n in range(5)),
        "parts": (make_remark(), make_excerpt("가나다 & 라마바 " * 40), make_excerpt("사아자 " * 60)),
    },
    "corrected": {
        "corrections": tuple(Correction(date=START, note="<&>" * 300, was="\"'" * 300) for _ in range(5)),
    },
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_no_document_holds_more_than_256_kib(body):
    sizes = {path: len(content) for path, content in rendered(corpus_of(70, **body)).items()}

    assert {path: size for path, size in sizes.items() if size > MOST_BYTES} == {}
    assert max(sizes.values()) > 20_000


def test_ordinary_posts_are_limited_by_their_number_alone():
    """The bound on sizes is not so cautious that it would cut feeds of ordinary posts short."""
    remark = make_remark("An ordinary sentence of an ordinary remark, with a few words more. " * 15)
    posts = [a_post(n, parts=(remark, make_excerpt(), remark)) for n in range(60)]

    assert [len(cut) for cut in volumes(list(reversed(posts)), 30)] == [30, 15, 15]


def test_a_post_too_long_for_any_feed_is_given_by_its_summary_and_says_so():
    post = make_post(parts=(make_remark("word " * 60_000), make_excerpt()))

    (entry,) = feedparser.parse(rendered(make_corpus(post))["feed.atom"]).entries

    assert "too long for a feed" in entry.content[0].value
    assert SITE + "2025/04/30/tariff-pause/" in entry.content[0].value


@pytest.mark.parametrize("number", [0, 1])
def test_a_site_of_no_post_or_one_has_feeds_that_parse(number):
    files = rendered(corpus_of(number) if number else make_corpus(make_post(posted=NOW), now=START))
    parsed = {path: feedparser.parse(text) for path, text in files.items() if not path.endswith("json")}

    assert {"feed.atom", "feed.rss", "source-first.atom", "corrections/feed.atom"} <= set(parsed)
    assert {path for path, feed in parsed.items() if feed.bozo} == set()
    assert len(parsed["feed.atom"].entries) == len(json.loads(files["feed.json"])["items"]) == number


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_come_out_of_every_feed_as_they_were_typed(text):
    """Titles as text; in content nothing becomes a tag that was not one."""
    post = make_post(
        title=text,
        parts=(make_remark(text), make_excerpt(f"“{text}”")),
        sources=(make_source(headline=text, byline=(text,)),),
        corrections=(Correction(date=START, note=text, was=text),),
    )
    files = rendered(make_corpus(post))

    for path, content in files.items():
        if path.endswith(".json"):
            (entry,) = json.loads(content)["items"]
            title, body = entry["title"], entry["content_html"]
        else:
            assert feedparser.parse(content).bozo is False
            (entry,) = (e for e in etree.fromstring(content).iter("{*}entry", "{*}item"))
            title, body = entry.findtext("{*}title"), entry.findtext("{*}content") or entry.findtext("{*}encoded")
        assert title in (text, f"Correction: {text}")
        assert "<script" not in body
        assert "<b>" not in body


def test_source_first_leads_to_the_source_with_the_same_ids():
    unknown = make_post(slug="unknown", sources=())
    files = rendered(make_corpus(make_post(), unknown))
    ours, theirs = (feedparser.parse(files[f"{name}.atom"]).entries for name in ("feed", "source-first"))

    assert [entry.id for entry in ours] == [entry.id for entry in theirs]
    assert [entry.link for entry in ours] == [SITE + "2025/04/30/tariff-pause/", SITE + "2025/04/30/unknown/"]
    assert [entry.link for entry in theirs] == [make_source().url, SITE + "2025/04/30/unknown/"]
    related = [link.href for link in theirs[0].links if link.rel == "related"]
    assert related == [SITE + "2025/04/30/tariff-pause/"]


def test_each_correction_is_an_entry_with_an_id_of_its_own():
    moment = START.replace(hour=15)
    corrections = tuple(Correction(date=moment, note=note) for note in ("First.", "Second."))
    post = make_post(corrections=(*corrections, Correction(date=NOW, note="Third.")))

    entries = feedparser.parse(rendered(make_corpus(post, now=NOW))["corrections/feed.atom"]).entries

    assert [entry.summary for entry in entries] == ["Third.", "First.", "Second."]
    assert [entry.id.partition("#")[2] for entry in entries] == [
        "corrected-20260101T0000",
        "corrected-20200101T1500",
        "corrected-20200101T1500.2",
    ]
    assert {entry.link for entry in entries} == {SITE + "2025/04/30/tariff-pause/#corrections"}


def test_topics_publications_and_stories_each_have_their_own_posts():
    posts = [a_post(1, story="tariff-dispute"), a_post(2, topics=("diplomacy",), sources=())]
    files = rendered(make_corpus(*posts))
    titles = {path: [e.link for e in feedparser.parse(text).entries] for path, text in files.items() if "/" in path}
    first, second = SITE + "2020/01/02/post-1/", SITE + "2020/01/03/post-2/"

    assert titles == {
        "topics/trade/feed.atom": [first],
        "topics/diplomacy/feed.atom": [second],
        "publications/the-herald/feed.atom": [first],
        "stories/tariff-dispute/feed.atom": [first],
        "corrections/feed.atom": [],
    }


def test_an_entry_says_how_far_the_quotation_was_checked_and_where_the_archived_copy_is():
    """The attribution opens the source at the words; verdict and copy stand in plain words below it."""
    (entry,) = json.loads(rendered(make_corpus(make_post()), ledger=verified())["feed.json"])["items"]
    tree = html.fromstring(f"<div>{entry['content_html']}</div>")

    assert [child.tag for child in tree] == ["p", "blockquote", "p", "p"]
    assert tree.xpath("p[2]//a/@href") == [
        "https://herald.example/2025/04/29/tariff-pause#:~:text=We%20will%20pause",
        "https://archive.example/1",
    ]
    assert " ".join(tree.xpath("string(p[2]//small)").split()) == (
        "checked word for word against the source on 1 January 2026; archived copy"
    )


def test_addresses_and_ids_are_uris_whatever_the_slug():
    """RFC 3986 and RFC 4151 know ASCII alone; RSS has no word for anything else."""
    post = make_post(slug="한국-뉴스", sources=(make_source(url="https://한국.example/a b?q=가"),))
    files = rendered(make_corpus(post))
    encoded = "2025/04/30/%ED%95%9C%EA%B5%AD-%EB%89%B4%EC%8A%A4/"

    for path in ("feed.atom", "feed.rss"):
        (entry,) = feedparser.parse(files[path]).entries
        assert (entry.id, entry.link) == (f"tag:remarks.example,2025-04-30:/{encoded}", SITE + encoded)
    (item,) = json.loads(files["feed.json"])["items"]
    assert (item["url"], item["external_url"]) == (SITE + encoded, "https://xn--3e0b707e.example/a%20b?q=%EA%B0%80")


@pytest.mark.parametrize(
    ("lang", "wrapped"), [("ko", [("div", "ko", None)]), ("ar", [("div", "ar", "rtl")]), ("en", [])]
)
@pytest.mark.parametrize("words", [9, 60_000], ids=["whole", "teaser"])
def test_an_entry_of_another_language_says_so_in_its_content(lang, wrapped, words):
    """Where it stands in a page of the reader's, no `xml:lang` tells a screen reader how to speak it."""
    correction = Correction(date=START, note="A note.")
    post = make_post(lang=lang, corrections=(correction,), parts=(make_remark("word " * words), make_excerpt()))
    files = rendered(make_corpus(post, now=NOW))

    contents = [
        feedparser.parse(files["feed.atom"]).entries[0].content[0].value,
        feedparser.parse(files["feed.rss"]).entries[0].content[0].value,
        json.loads(files["feed.json"])["items"][0]["content_html"],
        html_of(etree.fromstring(files["corrections/feed.atom"])),
    ]

    for content in contents:
        outermost = html.fragments_fromstring(content.strip())
        assert [(e.tag, e.get("lang"), e.get("dir")) for e in outermost if e.tag == "div"] == wrapped
        assert not wrapped or len(outermost) == 1


def html_of(feed):
    """The content of a feed's first entry."""
    return feed.findtext(".//{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}content")
