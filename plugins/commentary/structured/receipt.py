"""
A post's receipt: how each of its excerpts was compared with its source, for programs and for doubters.

Each excerpt is a Web Annotation (W3C, 2017) whose targets are the stretches of the source that it quotes, each found
again by a TextQuoteSelector. `SCHEMA` describes the whole; the site publishes it beside the receipts.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from commentary.quotation.share import share_of_post
from commentary.quotation.verdict import MATCHER_VERSION, Verdict
from commentary.standing import judged, memento_of
from commentary.version import __version__

if TYPE_CHECKING:
    from datetime import datetime

    from commentary.ledger import Judgement, Ledger, Retrieval
    from commentary.model import Excerpt, Post
    from commentary.settings import Site

SCHEMA_PATH = "receipt.schema.json"
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def receipt(post: Post, ledger: Ledger, site: Site) -> bytes:
    """The receipt of a post, as JSON."""
    url = site.url + post.permalink
    excerpts = enumerate(post.excerpts, 1)
    return _json(
        {
            "@context": _CONTEXT,
            "$schema": f"{site.url}/{SCHEMA_PATH}",
            "post": url,
            "title": post.title,
            "quoted": _rounded(share_of_post(post)),
            "tool": {"name": "commentary", "version": __version__, "matcher": MATCHER_VERSION},
            "excerpts": [_annotation(post, excerpt, f"{url}#q{number}", ledger) for number, excerpt in excerpts],
        }
    )


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _annotation(post: Post, excerpt: Excerpt, anchor: str, ledger: Ledger) -> dict[str, Any]:
    source = post.source_of(excerpt)
    known = ledger.of_source(source)
    judgement = judged(excerpt, known)
    url = source.url if source else None
    return {
        "id": anchor,
        "type": "Annotation",
        "motivation": "linking",
        "body": {"type": "TextualBody", "value": excerpt.text, "format": "text/plain"},
        "target": _targets(url, judgement) if url else [],
        "verdict": judgement.verdict if judgement else Verdict.UNCHECKED.value,
        "checked": _moment(judgement.at) if judgement else None,
        "share": judgement.share if judgement else None,
        "omitted": list(judgement.omitted) if judgement else [],
        "warnings": list(judgement.warnings) if judgement else [],
        "embedded": judgement.embedded if judgement else False,
        "snapshot": _snapshot(known.retrieval(judgement)) if judgement else None,
        "memento": memento_of(source, known) if source else None,
    }


def _targets(url: str, judgement: Judgement | None) -> list[dict[str, Any]]:
    """One for each stretch of quoted words; the page as a whole if they were not found, or not looked for."""
    if not judgement or not judgement.segments:
        return [{"type": "SpecificResource", "source": url}]
    return [
        {
            "type": "SpecificResource",
            "source": url,
            "selector": {
                "type": "TextQuoteSelector",
                "exact": segment.exact,
                "prefix": segment.prefix,
                "suffix": segment.suffix,
            },
        }
        for segment in judgement.segments
    ]


def _snapshot(retrieval: Retrieval | None) -> dict[str, Any] | None:
    if not retrieval:
        return None
    at = _moment(retrieval.at)
    return {"sha256": retrieval.sha256, "how": retrieval.how, "retrieved": at, "words": retrieval.words}


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"  # facts are in UTC


def schema(site: Site) -> str:
    """The JSON Schema of receipts."""
    return _json(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{site.url}/{SCHEMA_PATH}"} | SCHEMA
    ).decode()


def _json(value: dict[str, Any]) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()


def _object(description: str, **properties: dict[str, Any]) -> dict[str, Any]:
    """An object that has exactly these properties; one that is described as optional may be left out."""
    required = [name for name, value in properties.items() if not value.get("description", "").startswith("If ")]
    shape = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return {"description": description, **shape}


_TEXT = {"type": "string"}
_SHARE: dict[str, Any] = {"type": ["number", "null"], "minimum": 0}
_URL = {"type": "string", "format": "uri"}
_MOMENT = {"type": "string", "format": "date-time"}
_SELECTOR = _object(
    "If the words were found: where they stand (Web Annotation, 4.2.4).",
    type={"const": "TextQuoteSelector"},
    exact=_TEXT | {"description": "The words as the source has them."},
    prefix=_TEXT | {"description": "What stands before them."},
    suffix=_TEXT | {"description": "What stands after them."},
)
_SNAPSHOT = _object(
    "The copy that the excerpt was compared with; null if it is unchecked. We keep it, and do not publish it.",
    sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
    how={"enum": ["fetched", "supplied"], "description": "By us, or as a file by the author."},
    retrieved=_MOMENT,
    words={
        "type": "integer",
        "minimum": 0,
        "description": "Of its paragraphs; characters where the script sets no spaces.",
    },
) | {"type": ["object", "null"]}
_EXCERPT = _object(
    "An excerpt as a Web Annotation, with the outcome of comparing it.",
    id=_URL | {"description": "The excerpt on its post's page."},
    type={"const": "Annotation"},
    motivation={"const": "linking"},
    body=_object(
        "The excerpt as readers see it.", type={"const": "TextualBody"}, value=_TEXT, format={"const": "text/plain"}
    ),
    target={
        "description": "The stretches of the source that are quoted, in order; empty if the source has no address.",
        "type": "array",
        "items": _object("A stretch.", type={"const": "SpecificResource"}, source=_URL, selector=_SELECTOR),
    },
    verdict={"enum": [verdict.value for verdict in Verdict]},
    checked=_MOMENT | {"type": ["string", "null"], "description": "When the verdict was reached."},
    share=_SHARE | {"description": "Of the source's words, by this excerpt alone."},
    omitted={
        "type": "array",
        "items": _TEXT,
        "description": "What elisions and interpolations stand for; of long stretches the beginning and the end.",
    },
    warnings={"type": "array", "items": _TEXT, "description": "What a careful reader would look at again."},
    embedded={"type": "boolean", "description": "Whether the words stand only in data of the page that nobody sees."},
    snapshot=_SNAPSHOT,
    memento=_URL | {"type": ["string", "null"], "description": "An archived copy at a web archive."},
)
SCHEMA = {"title": "Receipt"} | _object(
    "How the excerpts of a post were compared with their sources.",
    **{
        "@context": {"const": _CONTEXT},
        "$schema": _URL,
        "post": _URL,
        "title": _TEXT,
        "quoted": _SHARE | {"description": "How much of the post, excerpts and remarks together, is quotation."},
        "tool": _object("What compared them.", name=_TEXT, version=_TEXT, matcher={"type": "integer"}),
        "excerpts": {"type": "array", "items": _EXCERPT, "minItems": 1},
    },
)
