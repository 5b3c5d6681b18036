"""Open data says of every excerpt what its page says, exactly."""

import csv
import io
import json

import pytest

from commentary.model import Translator, Via
from tests.factories import make_corpus, make_excerpt, make_post, make_remark, make_source
from tests.feeds.making import verified
from tests.feeds.rendering import DATA, rendered

ELIDED = "“We will [pause] the tariffs […] for ninety days,” he said.\n\nThen he left."


def shards(*posts):
    """(rows of the JSON, rows of the CSV) for 2025."""
    files = rendered(make_corpus(*posts), DATA)
    table = csv.DictReader(io.StringIO(files["data/quotations-2025.csv"].decode("utf-8-sig"), newline=""))
    return json.loads(files["data/quotations-2025.json"])["quotations"], list(table)


def test_a_row_has_the_excerpts_own_address_and_its_exact_text():
    rows, table = shards(make_post(parts=(make_excerpt(ELIDED), make_remark(), make_excerpt())))

    assert [row["id"] for row in rows] == [f"https://remarks.example/2025/04/30/tariff-pause/#q{n}" for n in (1, 2)]
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    assert rows[0]["text"] == table[0]["text"] == ELIDED


def test_segments_are_the_sources_words_and_interpolations_ours():
    (row,), (cells,) = shards(make_post(parts=(make_excerpt(ELIDED),)))

    assert row["segments"] == ["“We will", "the tariffs", "for ninety days,” he said.", "Then he left."]
    assert row["interpolations"] == ["[pause]"]
    assert cells["segments"] == " | ".join(row["segments"])


def test_every_fact_of_the_source_is_there():
    source = make_source(
        agency="Wire",
        byline=("Kim A", "Lee B"),
        published="~2025-04",
        accessed="2025-04-30",
        via=Via(name="A friend", url="https://friend.example/"),
        memento="https://archive.example/1",
        lang="ko",
        translation=Translator.MACHINE,
        paywall=True,
    )
    (row,), (cells,) = shards(make_post(sources=(source,), parts=(make_excerpt(),)))

    expected = {
        "publication": "The Herald",
        "agency": "Wire",
        "headline": "Ministry pauses tariffs for ninety days",
        "byline": ["Kim A", "Lee B"],
        "published": "~2025-04",
        "accessed": "2025-04-30",
        "url": "https://herald.example/2025/04/29/tariff-pause",
        "source_lang": "ko",
        "translation": "machine",
        "paywall": True,
        "via": "A friend",
        "via_url": "https://friend.example/",
        "memento": "https://archive.example/1",
        "verdict": "unchecked",
        "copy_sha256": None,
        "topics": ["trade"],
    }
    assert {name: row[name] for name in expected} == expected
    assert (cells["byline"], cells["paywall"], cells["copy_sha256"]) == ("Kim A | Lee B", "true", "")


def test_a_source_that_is_not_recorded_is_null_and_not_false():
    (row,), (cells,) = shards(make_post(sources=(), parts=(make_excerpt(),)))

    assert {name: row[name] for name in ("publication", "url", "paywall", "source_lang")} == dict.fromkeys(
        ("publication", "url", "paywall", "source_lang")
    )
    assert cells["publication"] == ""


@pytest.mark.parametrize("start", [*"=+-@", *"＝＋－＠"])
def test_no_cell_is_a_formula(start):
    """A spreadsheet would run it; in JSON the text stays as it is."""
    text = f'{start}cmd|" /C calc"!A0'
    (row,), (cells,) = shards(make_post(title=text, parts=(make_excerpt(text),)))

    assert (cells["text"], cells["title"]) == (f"'{text}", f"'{text}")
    assert (row["text"], row["title"]) == (text, text)


def test_a_spreadsheet_is_told_that_the_table_is_utf_8():
    """Without a byte order mark Excel takes it for its own code page, and every quotation mark comes out as three letters."""
    table = rendered(make_corpus(make_post()), DATA)["data/quotations-2025.csv"]

    assert table.startswith(b"\xef\xbb\xbfid,post,")
    assert table.count(b"\xef\xbb\xbf") == 1


def test_the_terms_cover_remarks_and_metadata_and_never_excerpts():
    document = json.loads(rendered(make_corpus(), DATA)["data/quotations-2025.json"])

    assert document["schema"] == "https://remarks.example/data/"
    assert document["licence_covers"] == (
        "remarks and metadata; the fields text, segments and original belong to the sources"
    )


def test_a_table_cell_may_hold_commas_quotes_and_line_breaks():
    _, (cells,) = shards(make_post(parts=(make_excerpt('“a, b” and "c"\n\nd'),)))

    assert cells["text"] == '“a, b” and "c"\n\nd'


def test_a_verified_excerpt_has_its_verdict_and_the_hash_of_the_copy():
    files = rendered(make_corpus(make_post()), DATA, ledger=verified())
    (row,) = json.loads(files["data/quotations-2025.json"])["quotations"]

    assert (row["verdict"], row["copy_sha256"]) == ("verbatim", "0" * 64)
    assert row["memento"] == "https://archive.example/1"
