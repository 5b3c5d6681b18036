"""The register: written so that people and version control can read it, and brought up to date without losing a line."""

import json
import os
from datetime import date, datetime, timedelta

import pytest

from commentary.model import Correction
from commentary.plan import make_plan
from commentary.published import Register
from commentary.publishing.register import digests, read_register, register_bytes, updated, write_register
from tests.factories import (
    NOW,
    ZONE,
    make_corpus,
    make_excerpt,
    make_post,
    make_remark,
    make_settings,
    make_site,
    make_source,
)

TODAY = date(2025, 5, 1)
PERMALINK = "/2025/04/30/tariff-pause/"


def registered(*posts, register=None, today=TODAY, **changes):
    """The register after publishing these posts."""
    register = register or Register()
    corpus = make_corpus(*posts, now=NOW)
    pages = make_plan(corpus, make_settings(**changes), register=register)
    return updated(register, pages, corpus, make_site(), today=today)


def test_every_lasting_address_is_entered_and_nothing_else():
    """Not numbered lists, archives of feeds, the archive by date, assets, data."""
    start = datetime(2025, 1, 1, 12, tzinfo=ZONE)
    posts = [make_post(slug=f"p-{n}", posted=start + timedelta(days=n), story="tariff-dispute") for n in range(40)]

    rows = registered(*posts, stream_size=5, index_size=5).rows

    assert {address for address in rows if "/p-" not in address} == {
        "/topics/",
        "/topics/trade/",
        "/topics/trade/feed.atom",
        "/publications/",
        "/publications/the-herald/",
        "/publications/the-herald/feed.atom",
        "/stories/",
        "/stories/tariff-dispute/",
        "/stories/tariff-dispute/feed.atom",
        "/corrections/",
        "/corrections/feed.atom",
        "/archive/",
        "/subscribe/",
        "/feed.atom",
        "/feed.rss",
        "/feed.json",
        "/source-first.atom",
        "/feeds.opml",
    }
    assert sum("/p-" in address for address in rows) == 40


def test_a_row_knows_when_it_was_entered_and_under_which_id():
    row = registered(make_post(id="urn:uuid:1")).rows[PERMALINK]

    assert (row.kind, row.first, row.id) == ("post", "2025-05-01", "urn:uuid:1")


def test_entering_again_keeps_first_days_and_whatever_has_gone():
    before = registered(make_post(topics=("diplomacy",)))

    after = registered(make_post(slug="other"), register=before, today=date(2026, 1, 1))

    assert {address: after.rows[address].first for address in before.rows} == dict.fromkeys(before.rows, "2025-05-01")
    assert after.rows["/2025/04/30/other/"].first == "2026-01-01"


def test_a_post_that_moved_takes_its_id_and_its_words_along():
    before = registered(make_post())
    moved = make_post(slug="moved", aliases=(PERMALINK,))

    rows = registered(moved, register=before).rows

    assert rows["/2025/04/30/moved/"].id == rows[PERMALINK].id == before.rows[PERMALINK].id
    assert rows[PERMALINK].excerpt is None
    assert rows["/2025/04/30/moved/"].excerpt == before.rows[PERMALINK].excerpt


def test_entering_what_is_entered_changes_no_byte():
    once = registered(make_post())

    assert register_bytes(registered(make_post(), register=once, today=date(2026, 1, 1))) == register_bytes(once)


def test_the_file_has_a_line_for_each_address_in_order_and_each_ends_in_a_comma():
    """So that two branches that add posts touch no line of each other's."""
    lines = register_bytes(registered(make_post(), make_post(slug="another"))).decode().splitlines()

    assert lines[0] == "{"
    assert lines[-2:] == ['"version": 1', "}"]
    entries = lines[1:-2]
    assert len(entries) > 10
    assert all(entry.startswith('"/') and entry.endswith("},") for entry in entries)
    assert [json.loads(f"{{{e[:-1]}}}").popitem()[0] for e in entries] == sorted(
        json.loads(f"{{{e[:-1]}}}").popitem()[0] for e in entries
    )


def test_what_is_written_is_read_back_with_its_lines(tmp_path):
    file = tmp_path / "content/data/register.json"
    register = registered(make_post(slug="한국-뉴스", corrections=(Correction(date=NOW, note="A name."),)))

    write_register(file, register)
    read, findings = read_register(file, tmp_path)

    assert findings == []
    assert read.rows == register.rows
    assert file.read_text("utf-8").split("\n")[read.lines["/2025/04/30/한국-뉴스/"] - 1].startswith('"/2025/04/30/한국')
    assert [path.name for path in file.parent.iterdir()] == ["register.json"]


def test_lines_of_both_sides_of_a_merge_are_read_in_any_order(tmp_path):
    file = tmp_path / "register.json"
    ours, theirs = (register_bytes(registered(make_post(slug=slug))).decode().splitlines() for slug in "ab")

    file.write_text("\n".join([*ours[:-2], *reversed(theirs[1:-2]), *ours[-2:]]), "utf-8")
    read, findings = read_register(file, tmp_path)

    assert findings == []
    assert {"/2025/04/30/a/", "/2025/04/30/b/"} <= set(read.rows)


@pytest.mark.parametrize("colon", [":", " : ", ":  "])
def test_a_register_that_another_program_has_formatted_is_read_with_its_lines(tmp_path, colon):
    file = tmp_path / "register.json"
    file.write_text(f'{{\n"/\\"a/"{colon}{{"kind"{colon}"page","first"{colon}"2025-04-30"}},\n"version"{colon}1\n}}\n')
    register, findings = read_register(file, tmp_path)

    assert findings == []
    assert register.lines == {'/"a/': 2}


@pytest.mark.parametrize("key", ["kind", "first", "id", "excerpt", "remark", "corrections", "updated", "notes"])
@pytest.mark.parametrize("value", [None, 1.5, ["a"], {"a": 1}])
def test_a_value_of_another_kind_is_a_finding(tmp_path, key, value):
    file = tmp_path / "register.json"
    row = {"kind": "post", "first": "2025-04-30", key: value}
    file.write_text(json.dumps({"/a/": row, "version": 1}))

    assert [(f.path, f.rule) for f in read_register(file, tmp_path)[1]] == [("register.json", "register")]


def test_no_register_is_an_empty_one(tmp_path):
    assert read_register(tmp_path / "register.json", tmp_path) == (Register(), [])


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"version": 2}', '{"/a/": {}, "version": 1}', '{"/a/": 1, "version": 1}', "<<<<<<< HEAD\n{}"],
)
def test_a_damaged_register_is_one_finding_and_promises_nothing(tmp_path, text):
    file = tmp_path / "register.json"
    file.write_text(text, "utf-8")

    register, findings = read_register(file, tmp_path)

    assert register.rows == {}
    assert [(f.path, f.rule) for f in findings] == [("register.json", "register")]


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        (b'{\n"/a/": {}\n"version": 1\n}', 3, "Expecting"),
        (b"\xff", 1, "cannot be read"),
    ],
)
def test_a_finding_of_a_damaged_register_stands_where_the_damage_does(tmp_path, content, place, reason):
    file = tmp_path / "register.json"
    file.write_bytes(content)

    register, (finding,) = read_register(file, tmp_path)

    assert (register, finding.line) == (Register(), place)
    assert reason in finding.message


def test_a_register_that_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "register.json")

    register, (finding,) = read_register(tmp_path / "register.json", tmp_path)

    assert register == Register()
    assert "no regular file" in finding.message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"a" - b...', "“a” – b…"),
        ("two  words", "two words"),
        ("soft", "so\u00adft"),
        ("caf\u00e9", "cafe\u0301"),
    ],
)
def test_typography_does_not_change_what_was_published(before, after):
    one, other = (make_post(parts=(make_remark(text), make_excerpt(text))) for text in (before, after))

    assert digests(one) == digests(other)


def test_the_hashes_of_a_post_are_what_they_were():
    """By others every published post would be said to be altered."""
    assert digests(make_post(parts=(make_remark("One."), make_excerpt("“관세를 유예하겠다.”")))) == (
        "0242eee0d574fa2c",
        "70277bfc409b5021",
    )


def test_links_do_not_change_what_was_published():
    bare, linked = (
        make_remark("See this."),
        make_remark("See this.", html='<p>See <a href="https://a.example/">this</a>.</p>'),
    )

    assert digests(make_post(parts=(bare,))) == digests(make_post(parts=(linked,)))


def test_one_changed_word_changes_its_own_hash_alone():
    post = make_post(parts=(make_remark("One."), make_excerpt("Two.")))
    remark = make_post(parts=(make_remark("Won."), make_excerpt("Two.")))
    excerpt = make_post(parts=(make_remark("One."), make_excerpt("Too.")))

    assert [a == b for a, b in zip(digests(post), digests(remark), strict=True)] == [True, False]
    assert [a == b for a, b in zip(digests(post), digests(excerpt), strict=True)] == [False, True]


def test_a_changed_source_or_title_changes_no_hash():
    assert digests(make_post()) == digests(make_post(title="Other", sources=(make_source(headline="Other"),)))
