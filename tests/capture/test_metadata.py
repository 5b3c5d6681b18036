"""Each fact of a source comes from the most trustworthy place of its page; what is guessed is marked."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from commentary.capture.metadata import read_metadata
from commentary.dates import PartialDate
from commentary.vocabulary import Publication, Vocabulary

URL = "https://www.herald.example/politics/tariff-pause"
HEADLINE = "Tariff pause runs another three months"


def facts(head: str = "", body: str = "", *, lang: str = ' lang="en"', url: str = URL, **options):
    """The facts of a page of this head and body."""
    return read_metadata(f"<html{lang}><head>{head}</head><body>{body}</body></html>", url=url, **options)


def meta(**tags: str) -> str:
    """A `<meta>` a tag; `_` in a name stands for `:`."""
    return "".join(f'<meta property="{name.replace("_", ":", 1)}" content="{value}">' for name, value in tags.items())


def json_ld(*nodes: object) -> str:
    """JSON-LD of these nodes, in a graph if there are several."""
    data = nodes[0] if len(nodes) == 1 else {"@context": "https://schema.org", "@graph": nodes}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


ARTICLE = {
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "author": [{"@type": "Person", "name": "Ana Ruiz"}, {"@type": "Organization", "name": "Reuters"}],
    "datePublished": "2026-03-13T09:00:00+01:00",
    "publisher": {"@type": "Organization", "name": "The Herald"},
    "isAccessibleForFree": "False",
}


def test_page_that_says_all_leaves_nothing_to_guess():
    got = facts(json_ld(ARTICLE) + f'<link rel="canonical" href="{URL}">', f"<h1>{HEADLINE}</h1>")
    assert (got.headline, got.publication, got.byline) == (HEADLINE, "The Herald", ("Ana Ruiz",))
    assert (got.published, got.canonical, got.language) == (PartialDate(2026, 3, 13), URL, "en")
    assert (got.paywall, got.guesses) == (True, ())


@pytest.mark.parametrize(("said", "guesses"), [(meta(og_site_name="The Herald"), ()), ("", ("publication",))])
def test_publication_that_the_title_ends_with_is_a_guess_unless_the_page_says_it(said, guesses):
    got = facts(f"<title>{HEADLINE} | The Herald</title>{said}", f"<h1>{HEADLINE}</h1>")

    assert got.publication == "The Herald"
    assert tuple(guess for guess in got.guesses if guess == "publication") == guesses


def test_page_that_says_nothing_is_not_made_up():
    got = facts(body="<p>Words.</p>", lang="", url="https://herald.example/a")
    assert (got.headline, got.byline, got.published, got.language, got.paywall) == (None, (), None, None, None)
    assert (got.publication, got.guesses) == ("herald.example", ("publication",))


def test_references_in_a_graph_are_followed():
    person = {"@type": "Person", "@id": "#ana", "name": "Ana Ruiz"}
    site = {"@type": "Organization", "@id": "#us", "name": "The Herald"}
    article = ARTICLE | {"author": {"@id": "#ana"}, "publisher": {"@id": "#us"}}
    got = facts(json_ld({"@type": "WebPage", "@id": URL}, article, person, site))
    assert (got.byline, got.publication) == (("Ana Ruiz",), "The Herald")


@pytest.mark.parametrize("wrap", ["//<![CDATA[\n{}\n//]]>", "/*<![CDATA[*/{}/*]]>*/", "<!--{}-->", "{};", "[{}]"])
def test_wrapped_json_ld_is_read(wrap):
    text = wrap.replace("{}", json.dumps(ARTICLE))
    assert facts(f'<script type="application/ld+json">{text}</script>').byline == ("Ana Ruiz",)


@pytest.mark.parametrize("text", ['{"headline": "torn', "[" * 50_000, "null", '{"@type": 5, "@id": [], "author": 1}'])
def test_broken_json_ld_is_passed_over(text):
    got = facts(f'<script type="application/ld+json">{text}</script>' + meta(og_title=HEADLINE), f"<h1>{HEADLINE}</h1>")
    assert got.headline == HEADLINE


@pytest.mark.parametrize(
    ("title", "site", "headline"),
    [
        ("Ships turn back | The Herald", "", "Ships turn back"),
        ("Ships turn back | World | The Herald", "", "Ships turn back"),
        ("Ships turn back - The Herald", "The Herald", "Ships turn back"),
        ("Ships turn back – Herald", "The Herald", "Ships turn back"),
        ("Ships turn back - and return", "The Herald", "Ships turn back - and return"),
        ("A half-open door", "The Herald", "A half-open door"),
        ("관세 유예 석 달 연장 < 정치 < 기사본문 - 한들일보", "한들일보", "관세 유예 석 달 연장"),
        ("관세 유예 석 달 연장 :: 한들일보", "", "관세 유예 석 달 연장"),
        ("关税暂缓再延三个月-新华网", "", "关税暂缓再延三个月"),
        ("関税猶予を三か月延長｜朝日毎日新聞", "", "関税猶予を三か月延長"),
    ],
)  # fmt: skip
def test_site_is_taken_off_the_headline(title, site, headline):
    assert facts(f"<title>{title}</title>" + (meta(og_site_name=site) if site else "")).headline == headline


def test_headline_is_the_one_that_the_page_shows():
    """Tags are written for search engines; the one that agrees with what readers see is the headline."""
    head = meta(og_title="Tariffs 2026: all you need to know") + json_ld(ARTICLE)
    got = facts(head, f"<h1>The Herald</h1><h1>{HEADLINE}</h1>")
    assert (got.headline, "headline" in got.guesses) == (HEADLINE, False)


def test_headline_that_nothing_confirms_is_a_guess():
    got = facts(meta(og_title="Tariffs 2026"), f"<h1>{HEADLINE}</h1>")
    assert (got.headline, "headline" in got.guesses) == ("Tariffs 2026", True)


def test_kicker_is_no_part_of_the_headline():
    body = '<h1><span class="kicker">Trade</span> Ships turn back at the strait</h1>'
    assert (
        facts(meta(og_title="Trade: Ships turn back at the strait"), body).headline == "Ships turn back at the strait"
    )


def test_headline_cut_at_its_quotation_mark_is_made_whole():
    head = '<title>Senator calls the deal "a sham"</title><meta property="og:title" content="Senator calls the deal "a sham"">'
    assert facts(head).headline == 'Senator calls the deal "a sham"'


def test_declared_publication_goes_before_what_the_page_says():
    declared = Vocabulary(publications=(Publication(name="Daily Herald", hosts=("herald.example",), paywall=True),))
    got = facts(meta(og_site_name="HERALD ONLINE"), publications=declared)
    assert (got.publication, got.paywall, "publication" in got.guesses) == ("Daily Herald", True, False)
    assert facts(meta(og_site_name="HERALD ONLINE")).publication == "HERALD ONLINE"


def test_name_goes_before_a_domain_that_means_the_same():
    head = meta(og_site_name="herald.example.com".replace(".example", "")) + f"<title>{HEADLINE} | Herald</title>"
    assert facts(head).publication == "Herald"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ana Ruiz", ("Ana Ruiz",)),
        ("Von Jörg Müller und Lena Große", ("Jörg Müller", "Lena Große")),
        ("Ana Ruiz, Political Editor", ("Ana Ruiz",)),
        ("Ana Ruiz and Bo Lind, Reuters", ("Ana Ruiz", "Bo Lind")),
        ("ANA RUIZ", ("ANA RUIZ",)),
        ("dpa", ()),
        ("The Herald", ()),
        ("Herald staff", ()),
        ("https://facebook.example/herald", ()),
        ("한지우 기자", ("한지우",)),
        ("한지우·김단비 기자 jiwoo@handeul.example", ("한지우", "김단비")),
        ("한지우 워싱턴특파원", ("한지우",)),
        ("责任编辑：焦鹏", ("焦鹏",)),
    ],
)  # fmt: skip
def test_byline_is_people(byline, names):
    assert facts(meta(og_site_name="The Herald", author=byline)).byline == names


@pytest.mark.parametrize(
    "body",
    ['<a rel="author" href="/ana">Ana Ruiz</a>', '<p class="article-byline">By <a>Ana Ruiz</a></p>',
     '<div class="c-byline__author">Ana Ruiz</div>'],
)  # fmt: skip
def test_byline_is_found_in_the_page(body):
    nav = '<nav><a class="author">Bo Lind</a></nav><div class="related"><p class="byline">By Bo Lind</p></div>'
    assert facts(body=nav + body).byline == ("Ana Ruiz",)


@pytest.mark.parametrize(
    "body",
    ["<p>(서울=한들일보) 한지우 기자 = 정부는 오늘 관세 유예를 연장한다고 발표했다.</p>", "<p>한지우 기자</p>",
     "<div>한지우 기자 jiwoo@handeul.example</div>"],
)  # fmt: skip
def test_korean_byline_is_found_in_the_text(body):
    got = facts(body=f"<p>이를 본 한 기자 = 모른다.</p>{body}", lang=' lang="ko"')
    assert (got.byline, "byline" in got.guesses) == (("한지우",), True)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (meta(article_published_time="2026-03-13T09:00:00+09:00"), ""),
        (meta(article_published_time="2026-03-12T23:30:00Z", date="2026-03-13T08:30:00+09:00"), ""),
        ('<meta name="citation_date" content="2026/3/13">', ""),
        (meta(og_regDate="20260313093000"), ""),
        ("", '<time itemprop="datePublished" datetime="2026-03-13">13 March</time>'),
        ("", "<p>기사입력 2026.03.13. 오전 9:30</p>"),
        ("", "<span>등록 : 2026년 3월 13일</span>"),
        (json_ld(ARTICLE | {"datePublished": "2026-3-13 22:17:36"}), ""),
    ],
)  # fmt: skip
def test_day_of_publication_is_read(head, body):
    got = facts(head, body)
    assert (got.published, "published" in got.guesses) == (PartialDate(2026, 3, 13), False)


def test_impossible_day_is_passed_over():
    assert facts(meta(article_published_time="2026-13-45", date="2026-03-13")).published == PartialDate(2026, 3, 13)


def test_day_in_the_address_is_a_guess():
    got = facts(body="<p>Words.</p>", url="https://herald.example/2026/03/13/a")
    assert (got.published, "published" in got.guesses) == (PartialDate(2026, 3, 13), True)


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("https://herald.example/a b/ä?id=7&utm_source=x", "https://herald.example/a b/ä?id=7"),
        ("/a%20b", "https://www.herald.example/a%20b"),
        ("https://www.herald.example/", URL),
        ("javascript:alert(1)", URL),
        ("", URL),
    ],
)  # fmt: skip
def test_canonical_address_is_kept_byte_for_byte_but_for_trackers(link, canonical):
    assert facts(f'<link rel="canonical" href="{link}">', url=f"{URL}?utm_source=feed").canonical == canonical


@pytest.mark.parametrize(
    ("lang", "head", "text", "language", "sure"),
    [
        (' lang="pt-BR"', "", "Palavras.", "pt", True),
        ("", meta(og_locale="de_DE"), "Wörter.", "de", True),
        (' lang="en"', "", "정부는 오늘 관세 유예를 연장한다고 발표했다.", "ko", False),
        ("", "", "政府は本日、関税の猶予を延長すると発表した。", "ja", False),
        ("", "", "政府今天宣布关税暂缓再延长三个月。", "zh", False),
        (' lang="ko"', "", "정부는 오늘 발표했다.", "ko", True),
    ],
)  # fmt: skip
def test_language_is_what_the_page_says_unless_its_letters_deny_it(lang, head, text, language, sure):
    got = facts(head, f"<p>{text}</p>", lang=lang)
    assert (got.language, "language" not in got.guesses) == (language, sure)


@pytest.mark.parametrize(
    "page", ["", b"\xff\xfe", "<div>" * 100_000, "<" * 10_000, "<meta name=author content='" + "(a " * 9_999]
)
def test_broken_page_has_no_facts_and_no_traceback(page):
    assert read_metadata(page, url=URL).headline is None


def test_slow_guessers_are_not_imported_for_a_page_that_says_all():
    """trafilatura and htmldate take half a second; a page that names its writer and its day does not need them."""
    program = (
        "import sys; from commentary.capture.metadata import read_metadata\n"
        "read_metadata('<meta name=author content=\"Ana Ruiz\"><meta name=date content=2026-03-13>', url='https://h.example/a')\n"
        "assert not {'trafilatura', 'htmldate', 'httpx'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_byline_on_a_line_of_its_own_is_a_guess():
    got = facts(body="<p>By the end of it they left.</p><p><em>By Ana Ruiz</em></p>")
    assert (got.byline, "byline" in got.guesses) == (("Ana Ruiz",), True)
