"""A site of another language speaks it throughout: of the interface, no English word is left."""

import json
import re
from urllib.parse import unquote_plus

import pytest
from lxml import etree, html

from tests.factories import write_project
from tests.site.conftest import BuiltSite, build, parse_errors

SETTINGS = """
DEFAULT_LANG = "ko"
SITENAME = "나란한 논평"
AUTHOR = "편집자"
COMMENTARY_TAGLINE = "뉴스를 인용하고 논평합니다"
COMMENTARY_DESCRIPTION = "뉴스와 논평"
COMMENTARY_LICENCE = "자유 이용"
COMMENTARY_EMAIL = "editor@remarks.example"
COMMENTARY_STARTED = 2025
COMMENTARY_STREAM_SIZE = 1
COMMENTARY_INDEX_SIZE = 1
"""
TOPICS = """
trade:
  name: 무역
  description: 관세와 조약.
tariffs:
  name: 관세
  parent: trade
"""
PUBLICATIONS = """
한국신문:
  home: https://sinmun.example/
  hosts: [sinmun.example]
  lang: ko
  paywall: true
  aggregator: true
통신:
  hosts: [tongsin.example]
  lang: en
"""
STORIES = """
dispute:
  title: 관세 분쟁
  description: 관세를 둘러싼 분쟁.
"""
FULL = """\
---
title: 유예는 유예일 뿐이다
date: 2025-04-30 09:00
topics: [trade, tariffs]
story: dispute
sources:
  one:
    publication: 한국신문
    agency: 연합
    url: https://sinmun.example/1
    headline: 관세 유예
    byline: [김 기자]
    published: ~2025-04
    accessed: 2025-04-30
    via: {name: 친구, url: "https://friend.example/"}
    memento: https://archive.example/1
  two:
    publication: 통신
    url: https://tongsin.example/1
    translation: machine
  three:
    agency: 연합
related:
  - {publication: 통신, published: 2025}
updated: 2025-05-02
corrections:
  - {date: 2025-05-01, note: 날짜를 고쳤다., was: 사월}
aliases: [/2025/04/29/old/]
---
정부는 숨을 돌렸다지만 그 뒤의 일은 아무것도 정해지지 않았다. 유예는 말 그대로 유예일 뿐이고 여름이 지나면 모두 처음으로 돌아간다:

> “관세를 아흔 날 동안 유예한다”고 장관이 말했다. […]
>
> — one

> “관세를 유예한다.”
>
> — two

> “관세를 유예한다.”
>
> — three

그러니 [제목](https://sinmun.example/1)을 다시 읽어 볼 일이다.
"""
PLAIN = """\
---
title: 글 {n}
date: 2025-0{n}-10 09:00
topics: [trade]
story: dispute
source: {source}
{more}
---
논평이 여기에 있다. 그리고 이것은 인용보다 길어야 하므로 조금 더 쓴다:

> 인용한 말이다.

끝.
"""
POSTS = {
    "2025-04-30-full.md": FULL,
    "2025-01-10-first.md": PLAIN.format(n=1, source="unknown", more=""),
    "2025-02-10-second.md": PLAIN.format(n=2, source="https://sinmun.example/2", more=""),
    "2025-03-10-third.md": PLAIN.format(n=3, source="https://tongsin.example/1", more=""),
    "2025-03-11-gone.md": PLAIN.format(n=4, source="unknown", more="status: withdrawn\nreason: 출처가 거두었다."),
}
FILES = {
    "content/data/topics.yaml": TOPICS,
    "content/data/publications.yaml": PUBLICATIONS,
    "content/data/stories.yaml": STORIES,
    "content/pages/about.md": "---\ntitle: 소개\nsummary: 이 사이트\n---\n소개한다.\n",
}

# Names of formats and services are the same everywhere, and addresses are nobody's words.
NAMES = frozenset(
    re.findall(r"\w+", "Atom RSS JSON CSV Feed OPML BibTeX CSL Markdown HTML Feedly Inoreader NewsBlur The Old Reader")
)
ADDRESS = re.compile(r"\S+\.example\S*|/\S+/|\S+@\S+|[?&](?:subject|body)=")


@pytest.fixture(name="korean", scope="module")
def _korean(tmp_path_factory) -> BuiltSite:
    folder = write_project(tmp_path_factory.mktemp("korean"), POSTS, settings=SETTINGS, files=FILES)
    result = build(folder / "output", "--now", "2025-06-01", project=folder)
    assert result.returncode == 0, result.stderr
    return BuiltSite(folder / "output")


def words_of(tree: html.HtmlElement) -> list[str]:
    """Every Latin word that a page shows, reads out or says of itself."""
    shown = tree.xpath("//text()[not(ancestor::script)]")
    said = tree.xpath("//@aria-label | //@title | //@alt | //@placeholder | //*[contains(name(), '-')]/@*")
    said += [unquote_plus(mail) for mail in tree.xpath("//@href[starts-with(., 'mailto:')]")]
    for name in ("description", "og:title", "og:description", "og:image:alt", "og:site_name"):
        said += tree.xpath("//meta[@name=$name or @property=$name]/@content", name=name)
    return [
        word
        for text in (*shown, *said)
        for word in re.findall(r"[A-Za-z]{2,}", ADDRESS.sub("", text))
        if word not in NAMES
    ]


def test_no_page_shows_an_english_word_of_the_interface(korean):
    assert {p.relative_to(korean.folder).as_posix(): words_of(korean.tree(p)) for p in korean.pages()} == {
        p.relative_to(korean.folder).as_posix(): [] for p in korean.pages()
    }


def test_an_english_word_would_be_found():
    assert words_of(html.fromstring('<p title="Newer">더 <b>Older</b> https://a.example/b</p>')) == ["Older", "Newer"]


def test_no_feed_shows_an_english_word_of_the_interface(korean):
    feeds = [p for p in korean.folder.rglob("*") if p.suffix in (".atom", ".rss", ".opml")]
    assert len(feeds) > 3
    for feed in feeds:
        root = etree.parse(feed).getroot()
        texts = [
            e.text
            for e in root.iter()
            if e.text and etree.QName(e).localname in ("title", "subtitle", "description", "summary")
        ]
        texts += [html.fromstring(e.text).text_content() for e in root.iter("{*}content", "{*}encoded") if e.text]
        texts += root.xpath("//@title | //@text")
        words = [w for t in texts for w in re.findall(r"[A-Za-z]{2,}", ADDRESS.sub("", t)) if w not in NAMES]
        assert words == [], feed
    for feed in korean.folder.rglob("*.json"):
        json.loads(feed.read_bytes())


def test_every_page_is_korean_but_for_what_says_otherwise(korean):
    for page in korean.pages():
        tree = korean.tree(page)
        assert tree.get("lang") == "ko"
        assert parse_errors(page.read_bytes()) == []
        for element in tree.xpath("//body//*[@lang]"):
            assert element.get("lang") != "ko", f"{page}: the page is Korean already"


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_only_the_posts_own_words_are_in_its_language(tmp_path, lang):
    """A post of another language than the site's says so of its words, not of the interface around them."""
    post = PLAIN.format(n=1, source="unknown", more="lang: ja")
    folder = write_project(
        tmp_path, {"2025-01-10-first.md": post}, settings=SETTINGS.replace('"ko"', f'"{lang}"'), files=FILES
    )
    result = build(folder / "output", project=folder)
    assert result.returncode == 0, result.stderr
    tree = BuiltSite(folder / "output").tree(folder / "output/2025/01/10/first/index.html")
    inside = [e.tag for e in tree.xpath("//article//*[@lang='ja']")]

    assert inside == ["h1", "div", "blockquote", "div"]
    assert tree.xpath("//article//*[@lang='ja']//a[@rel='tag'] | //article[@lang]") == []
