"""What the front matter of a post may hold, and what is said of anything else."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from commentary.dates import PartialDate
from commentary.errors import PostSyntaxError
from commentary.model import Source, Status, Translator, Via
from commentary.reading.parse import parse_post
from commentary.reading.schema import PostKeys
from tests.factories import ZONE

if TYPE_CHECKING:
    from commentary.model import Post

LEAST = {"title": "A title", "date": "2025-04-30", "topics": "[trade]", "source": "https://herald.example/a"}
PATH = "content/posts/2025-04-30-a-name.md"


def post(*, path: str = PATH, body: str = "A remark.\n", **keys: str | None) -> Post:
    """A post of the least keys and `keys`; a key that is None is left out."""
    lines = [f"{key}: {value}" for key, value in (LEAST | keys).items() if value is not None]
    return parse_post("\n".join(["---", *lines, "---", body]), path=path, zone=ZONE)


def faults(**keys: str | None) -> list[str]:
    """What is said of it: `line rule: message`. The keys of LEAST stand on lines 2 to 5."""
    with pytest.raises(PostSyntaxError) as caught:
        post(**keys)
    return [f"{f.line} {f.rule}: {f.message}" for f in caught.value.findings]


def test_the_least_that_works() -> None:
    least = post()
    assert (least.title, least.topics, least.slug) == ("A title", ("trade",), "a-name")
    assert least.sources == (Source(url="https://herald.example/a"),)
    assert least.posted == datetime(2025, 4, 30, 12, tzinfo=ZONE)
    assert least.status is Status.PUBLISHED


def test_every_source_key() -> None:
    source = post(
        source="""
  publication: The Herald
  agency: Reuters
  url: https://herald.example/a?b=%20&c
  headline: Ministry: we are #1
  byline: [A. Author, B. Writer]
  published: ~2025-04
  accessed: 2025-04-30
  via: {name: A friend, url: https://friend.example/}
  memento: https://archive.example/1/https://herald.example/a
  lang: ko
  translation: author
  paywall: true"""
    ).sources
    assert source == (
        Source(
            publication="The Herald",
            agency="Reuters",
            url="https://herald.example/a?b=%20&c",
            headline="Ministry: we are #1",
            byline=("A. Author", "B. Writer"),
            published=PartialDate(2025, 4, about=True),
            accessed=PartialDate(2025, 4, 30),
            via=Via(name="A friend", url="https://friend.example/"),
            memento="https://archive.example/1/https://herald.example/a",
            lang="ko",
            translation=Translator.AUTHOR,
            paywall=True,
        ),
    )


def test_every_other_key() -> None:
    full = post(
        slug="other-name",
        author="A. Guest",
        status="withdrawn",
        reason="The source took it back.",
        story="tariff-dispute",
        summary="One plain: sentence # one.",
        updated="2025-05-02 08:00",
        corrections="[{date: 2025-05-02, note: Second.}, {date: 2025-05-01, note: First., was: Before.}]",
        aliases="[/2025/04/29/old, /old.html, /old.html, /a%20b/]",
        id="'tag:old.example,2020:1'",
        lang="en-GB",
        allow="[no-excerpt, no-remark]",
        related="[https://courier.example/1, {publication: The Portal}]",
    )
    assert (full.slug, full.author, full.status, full.story) == (
        "other-name",
        "A. Guest",
        Status.WITHDRAWN,
        "tariff-dispute",
    )
    assert (full.reason, full.summary) == ("The source took it back.", "One plain: sentence # one.")
    assert full.updated == datetime(2025, 5, 2, 8, tzinfo=ZONE)
    assert [(c.note, c.was) for c in full.corrections] == [("First.", "Before."), ("Second.", None)]
    assert full.aliases == ("/2025/04/29/old/", "/old.html", "/a b/")
    assert (full.id, full.lang, full.allow) == ("tag:old.example,2020:1", "en-GB", ("no-excerpt", "no-remark"))
    assert full.related == (Source(url="https://courier.example/1"), Source(publication="The Portal"))


def test_an_unknown_source_is_no_source() -> None:
    assert post(source="unknown").sources == ()


def test_several_sources_keep_their_short_ids() -> None:
    several = post(
        source=None,
        sources="{herald: https://herald.example/a, courier: {publication: The Courier}}",
        body="> One.\n>\n> — herald\n\n> Two.\n>\n> -- courier\n",
    )
    assert several.sources == (
        Source(key="herald", url="https://herald.example/a"),
        Source(key="courier", publication="The Courier"),
    )
    assert [e.source_key for e in several.excerpts] == ["herald", "courier"]


@pytest.mark.parametrize("key", ["topics", "allow", "aliases", "related"])
def test_a_single_value_is_a_list_of_one(key: str) -> None:
    one = {"topics": "trade", "allow": "held", "aliases": "/a/", "related": "https://courier.example/1"}[key]
    assert getattr(post(**{key: one}), key) == getattr(post(**{key: f"['{one}']"}), key)


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ({"topic": "x"}, "6 unknown-key: topic; did you mean topics?"),
        ({"Slug": "x"}, "6 unknown-key: Slug; did you mean slug?"),
        ({"zzz": "x"}, "6 unknown-key: zzz; known here are title, date,"),
        (
            {"source": "{url: https://a.example, publicaton: x}"},
            "5 unknown-key: source.publicaton; did you mean source.publi",
        ),
        ({"source": "\n  key: x\n  url: https://a.example"}, "6 unknown-key: source.key; known here are publication,"),
        (
            {"source": "\n  url: https://a.example\n  via:\n    url: https://b.example"},
            "7 missing-key: source.via.name is",
        ),
        ({"tags": "[trade]"}, "6 unknown-key: tags; did you mean topics?"),
        (
            {"related": "\n- url: https://a.example\n- uri: https://a.example"},
            "8 unknown-key: related.1.uri; did you mean r",
        ),
        ({"source": None, "sources": "{a: {urll: x}}"}, "5 unknown-key: sources.a.urll; did you mean sources.a.url?"),
        (
            {"corrections": "[{date: 2025-05-01, note: x, wass: y}]"},
            "6 unknown-key: corrections.0.wass; did you mean corr",
        ),
        ({"title": None}, "1 missing-key: title is missing; add"),
        ({"topics": None}, "1 missing-key: topics is missing; add"),
        ({"source": None}, "1 missing-key: source is missing; add `source: https://…` or `source: unknown`"),
        ({"status": "withdrawn"}, "6 missing-key: reason is missing"),
        ({"corrections": "\n- date: 2025-05-01"}, "7 missing-key: corrections.0.note is missing"),
        ({"title": ""}, "2 bad-value: title is empty; write it"),
        ({"title": "' '"}, "2 bad-value: title is empty; write it"),
        ({"title": '"\\u200b"'}, "2 bad-value: title is empty; write it"),
        ({"title": '"\\xad \\u3164\\u2060"'}, "2 bad-value: title is empty; write it"),
        ({"date": "1714435200"}, "3 bad-value: date: '1714435200' is not a date; write"),
        ({"date": "2025-02-31"}, "3 bad-value: date: '2025-02-31' is no day or time of the calendar"),
        ({"date": ""}, "3 bad-value: date is empty"),
        ({"date": "[2025-04-30]"}, "3 bad-value: date is a list; write 2025-04-30 or"),
        ({"topics": "[]"}, "4 bad-value: topics is empty; name at least one"),
        ({"topics": "{a: b}"}, "4 bad-value: topics is a mapping; write a list"),
        ({"topics": "\n- a\n- [b]"}, "6 bad-value: topics.1 is a list; write it as one text"),
        ({"source": "herald.example"}, "5 bad-value: source: 'herald.example' is not a web address; it must begin"),
        ({"source": "\n  url: ftp://x"}, "6 bad-value: source.url: 'ftp://x' is not a web address"),
        ({"source": ""}, "5 bad-value: source is empty; write it"),
        ({"source": "{}"}, "5 bad-value: source names no work; give it a url"),
        ({"source": "{lang: en}"}, "5 bad-value: source names no work; give it a url"),
        ({"source": "[https://a.example]"}, "5 bad-value: source is a list; for several, give each a short id"),
        (
            {"source": "{a: {url: https://a.example}}"},
            "5 bad-value: source holds sources by their short ids; write sources",
        ),
        ({"source": "{url: https://a.example, via: B}"}, "5 bad-value: source.via is 'B'; write `key: value` lines"),
        (
            {"source": "{url: https://a.example, published: [x]}"},
            "5 bad-value: source.published is not one date; write",
        ),
        (
            {"source": "{url: https://a.example, accessed: 2025-13}"},
            "5 bad-value: source.accessed: '2025-13' is no day",
        ),
        ({"source": "{url: https://a.example, paywall: some}"}, "5 bad-value: source.paywall: 'some' is neither true"),
        (
            {"source": "{url: https://a.example, translation: human}"},
            "5 bad-value: source.translation is 'human'; write auth",
        ),
        ({"sources": "{a: https://a.example}"}, "6 bad-value: source and sources are both given; keep one"),
        ({"source": None, "sources": "unknown"}, "5 bad-value: sources is no mapping; give each source a short id"),
        ({"source": None, "sources": "{}"}, "5 bad-value: sources is no mapping; give each source a short id"),
        ({"source": None, "sources": "{url: https://a.example}"}, "5 bad-value: sources holds the keys of one source"),
        ({"source": None, "sources": "{a b: https://a.example}"}, "5 bad-value: sources.a b: 'a b' is not a slug; use"),
        ({"related": "[x]"}, "6 bad-value: related.0: 'x' is not a web address"),
        ({"related": ""}, "6 bad-value: related is empty"),
        ({"slug": "a b"}, "6 bad-value: slug: 'a b' is not a slug; use letters"),
        ({"slug": "../a"}, "6 bad-value: slug: '../a' is not a slug; use letters"),
        ({"author": "[a]"}, "6 bad-value: author is a list; write it as one text"),
        ({"status": "gone"}, "6 bad-value: status is 'gone'; write published, draft or withdrawn"),
        ({"reason": "x"}, "6 bad-value: reason is given and the post not withdrawn; add"),
        ({"story": "[a]"}, "6 bad-value: story is a list; write it as one text"),
        ({"summary": ""}, "6 bad-value: summary is empty; write it, or leave the key out"),
        ({"updated": "today"}, "6 bad-value: updated: 'today' is not a date; write"),
        ({"corrections": "none"}, "6 bad-value: corrections is 'none'; write `key: value` lines"),
        ({"aliases": "old"}, "6 bad-value: aliases: 'old' is not an address on this site; write it from the root"),
        (
            {"aliases": "[/ok/, https://a.example/]"},
            "6 bad-value: aliases.1: 'https://a.example/' is not an address on",
        ),
        ({"aliases": "//a.example/b"}, "6 bad-value: aliases: '//a.example/b' is not an address on this site"),
        ({"aliases": "/a/../b/"}, "6 bad-value: aliases: '/a/../b/' has a part"),
        ({"aliases": "/a/%2e%2e/b/"}, "6 bad-value: aliases: '/a/%2e%2e/b/' has a part"),
        ({"aliases": "/a%00b/"}, "6 bad-value: aliases: '/a%00b/' holds U+0000"),
        ({"aliases": "/a?b=c"}, "6 bad-value: aliases: '/a?b=c' holds U+003F"),
        ({"aliases": "/" + "a" * 256}, "6 bad-value: aliases: "),
        ({"id": "my post"}, "6 bad-value: id: 'my post' is not a feed id; give"),
        ({"lang": "Korean language"}, "6 bad-value: lang: 'Korean language' is not a language tag; write"),
        ({"allow": "no-excerp"}, "6 unknown-rule: allow names 'no-excerp', which is no rule; did you mean no-excerpt?"),
        (
            {"allow": "[held, zzz]"},
            "6 unknown-rule: allow names 'zzz', which is no rule; `commentary explain` lists all",
        ),
    ],
)
def test_each_fault_is_named_at_its_line(keys: dict[str, str | None], fault: str) -> None:
    found = faults(**keys)
    assert any(f.startswith(fault) for f in found), found
    jargon = ("Value error", "Input should", "valid tuple", "instance of")
    assert not any(word in f for f in found for word in jargon)


@pytest.mark.parametrize(
    ("written", "meant"), [("link", "url"), ("title", "headline"), ("author", "byline"), ("date", "published")]
)
def test_a_key_of_other_tools_names_ours_at_its_place(written: str, meant: str) -> None:
    assert faults(source=f"\n  url: https://a.example\n  {written}: x") == [
        f"7 unknown-key: source.{written}; did you mean source.{meant}?"
    ]


def test_a_source_that_is_not_indented_is_one_fault() -> None:
    keys = {"publication": "TASS", "url": "https://tass.example/a", "title": "", "zzz": "1"}

    assert faults(source="", **keys) == [
        "2 bad-value: title is empty; write it",
        (
            "5 bad-value: source is empty, because what belongs to it begins its line; "
            "indent these under source: publication, url"
        ),
        "8 unknown-key: zzz; known here are " + ", ".join(PostKeys.model_fields),
    ]
    assert faults(source="") == ["5 bad-value: source is empty; write it"]
    assert faults(source="https://a.example", url="x") == ["6 unknown-key: url; did you mean source?"]


def test_all_faults_are_reported_at_once() -> None:
    found = faults(title="", date="soon", topics="[]", source="x", slug="a b", zzz="1")
    assert [f.partition(":")[0] for f in found] == [
        "2 bad-value",
        "3 bad-value",
        "4 bad-value",
        "5 bad-value",
        "6 bad-value",
        "7 unknown-key",
    ]


def test_a_value_cut_short_is_not_also_a_bad_value() -> None:
    assert [f.partition(":")[0] for f in faults(slug="#x")] == ["6 comment-in-value"]


def test_a_misspelt_key_is_not_also_a_missing_one() -> None:
    assert [f.partition(":")[0] for f in faults(titel="x", title=None)] == ["5 unknown-key"]
    assert [f.partition(":")[0] for f in faults(title=None)] == ["1 missing-key"]


def test_a_time_that_a_clock_change_skips_is_refused() -> None:
    assert post(date="1988-05-08 03:30").posted.hour == 3
    assert "a clock change skips it" in faults(date="1988-05-08 02:30")[0]
