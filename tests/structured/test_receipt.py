"""Receipts: valid by the schema that the site publishes, and true."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from commentary.ledger import Ledger, Memento
from commentary.model import Post
from commentary.quotation.share import share_of_post
from commentary.structured.receipt import receipt, schema
from tests.factories import CHECKED, COPY, make_excerpt, make_ledger, make_post, make_site, make_source

SITE = make_site()
SCHEMA = json.loads(schema(SITE))


def receipt_of(post: Post, ledger: Ledger) -> dict[str, Any]:
    """The receipt of a post, which must be valid."""
    made: dict[str, Any] = json.loads(receipt(post, ledger, SITE))
    Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(made)
    return made


def test_the_schema_is_a_schema_and_says_what_every_part_is_for() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    assert SCHEMA["$id"] == "https://remarks.example/receipt.schema.json"
    assert SCHEMA["properties"]["excerpts"]["items"]["properties"]["snapshot"]["description"]


def test_a_verified_excerpt_is_an_annotation_that_finds_its_words_again() -> None:
    post = make_post()
    made = receipt_of(post, make_ledger(post, how="supplied"))
    (excerpt,) = made["excerpts"]

    assert made["post"] == "https://remarks.example/2025/04/30/tariff-pause/"
    assert made["quoted"] == pytest.approx(share_of_post(post), abs=1e-4)
    assert 0 < made["quoted"] < 1
    assert (excerpt["type"], excerpt["verdict"], excerpt["share"]) == ("Annotation", "verbatim", 0.02)
    assert excerpt["checked"] == "2025-04-30T01:00:00Z"
    assert excerpt["target"] == [
        {
            "type": "SpecificResource",
            "source": post.sources[0].url,
            "selector": {
                "type": "TextQuoteSelector",
                "exact": "We will pause",
                "prefix": "“",
                "suffix": " the tariffs",
            },
        }
    ]
    assert excerpt["snapshot"] == {
        "sha256": COPY,
        "how": "supplied",
        "retrieved": "2025-04-30T01:00:00Z",
        "words": 800,
    }


@pytest.mark.parametrize("verdict", ["verbatim", "spacing", "altered", "missing", "translated"])
def test_every_verdict_is_valid(verdict: str) -> None:
    post = make_post()
    segments = make_ledger(post) if verdict in ("verbatim", "spacing") else None
    ledger = segments or make_ledger(post, verdict=verdict, segments=(), fragment=None)

    assert receipt_of(post, ledger)["excerpts"][0]["verdict"] == verdict or segments


@pytest.mark.parametrize(
    "sources", [(), (make_source(url=None),), (make_source(),)], ids=["unknown", "print", "unread"]
)
def test_an_unchecked_excerpt_claims_nothing(sources: tuple[Any, ...]) -> None:
    (excerpt,) = receipt_of(make_post(sources=sources), Ledger())["excerpts"]

    assert (excerpt["verdict"], excerpt["checked"], excerpt["snapshot"]) == ("unchecked", None, None)
    assert [target.get("selector") for target in excerpt["target"]] == ([None] if sources and sources[0].url else [])


def test_a_memento_is_named_only_if_there_is_one() -> None:
    post = make_post()
    uri = "https://archive.example/web/20250430010000/https://herald.example/a"
    known = make_ledger(post).learning([Memento(url=post.sources[0].url, at=CHECKED, uri=uri)])

    assert receipt_of(post, known)["excerpts"][0]["memento"] == uri
    assert receipt_of(post, make_ledger(post))["excerpts"][0]["memento"] is None


def test_every_excerpt_has_its_own_anchor() -> None:
    post = make_post(parts=(make_excerpt("One thing."), make_excerpt("Another thing.")))
    anchors = [excerpt["id"].partition("#")[2] for excerpt in receipt_of(post, make_ledger(post))["excerpts"]]

    assert anchors == ["q1", "q2"]


def test_the_schema_refuses_what_is_no_receipt() -> None:
    post = make_post()
    made = json.loads(receipt(post, make_ledger(post), SITE))
    made["excerpts"][0]["verdict"] = "probably"

    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA).validate(made)
