"""The quotations of the site as open data: one row an excerpt, as JSON and as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING

from commentary.quotation.verdict import Verdict
from commentary.standing import judged
from commentary.views import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from commentary.model import Excerpt, Post
    from commentary.settings import Site
    from commentary.views import Views

SCHEMA = "/data/"  # the page that explains the fields
BETWEEN = " | "  # what separates several values in one cell of a table
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")  # a cell that begins so is run by spreadsheets (OWASP, CSV injection)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One excerpt with all that is known of it. None: not known."""

    id: str  # the permalink with `#q1`, which is the excerpt's anchor on the page
    post: str  # permalink
    title: str
    posted: str
    author: str
    topics: tuple[str, ...]  # slugs
    story: str | None
    text: str  # as the reader sees it
    lang: str
    segments: tuple[str, ...]  # the source's own words, cut where the editor's marks stand
    interpolations: tuple[str, ...]  # the editor's words, brackets included
    original: str | None  # the source's words, of a translated excerpt
    translation: str | None
    publication: str | None
    agency: str | None
    headline: str | None
    byline: tuple[str, ...]
    published: str | None
    accessed: str | None
    url: str | None
    source_lang: str | None
    paywall: bool | None  # None: the source is not recorded
    via: str | None
    via_url: str | None
    memento: str | None
    verdict: str
    copy_sha256: str | None  # of the copy that it was compared with


_NAMES = tuple(field.name for field in fields(Quotation))
_values = attrgetter(*_NAMES)
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def quotations(post: Post, views: Views) -> Iterator[Quotation]:
    """A row for each excerpt of a post."""
    url, posted = views.url(post.permalink), post.posted.date()
    lang = post.lang or views.site.lang
    sources = {source.key: views.source(source, lang, posted) for source in post.sources}
    for number, excerpt in enumerate(post.excerpts, 1):
        source = sources.get(excerpt.source_key)
        judgement = judged(excerpt, views.ledger.of_source(post.source_of(excerpt)))
        via = source.via if source else None
        yield Quotation(
            id=f"{url}#q{number}",
            post=url,
            title=post.title,
            posted=post.posted.isoformat(),
            author=post.author or views.site.author,
            topics=post.topics,
            story=post.story,
            text=excerpt.text,
            lang=languages(excerpt, source, lang)[0],
            segments=_runs(excerpt, "quoted"),
            interpolations=_runs(excerpt, "interpolation"),
            original=excerpt.original_text or None,
            translation=source.translation.value if source and source.translation else None,
            publication=source.publication if source else None,
            agency=source.agency if source else None,
            headline=source.headline if source else None,
            byline=source.byline if source else (),
            published=str(source.published) if source and source.published else None,
            accessed=str(source.accessed) if source and source.accessed else None,
            url=source.url if source else None,
            source_lang=source.lang if source else None,
            paywall=source.paywall if source else None,
            via=via.name if via else None,
            via_url=via.url if via else None,
            memento=source.memento if source else None,
            verdict=judgement.verdict if judgement else Verdict.UNCHECKED.value,
            copy_sha256=judgement.snapshot if judgement else None,
        )


def written(rows: Sequence[Quotation]) -> tuple[str, str]:
    """Rows as they stand in a JSON document, and in a table.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(map(_cell, _values(row)) for row in rows)
    return ",\n".join([_ENCODE(dict(zip(_NAMES, _values(row), strict=True))) for row in rows]), text.getvalue()


def as_json(rows: Iterable[str], year: int, site: Site) -> bytes:
    """Written rows as one JSON document, UTF-8, with the terms they stand under."""
    document = {
        "title": f"{site.name}: {year}",
        "schema": site.url + SCHEMA,
        "licence": site.licence,
        "licence_url": site.licence_url,
        "licence_covers": "remarks and metadata; the fields text, segments and original belong to the sources",
    }
    lines = ",\n".join(filter(None, rows))  # a line each: to be read by lines, too
    return f'{_ENCODE(document).removesuffix("}")}, "quotations": [\n{lines}\n]}}\n'.encode()


def as_csv(rows: Iterable[str]) -> bytes:
    """Written rows as a table, UTF-8 with the byte order mark that spreadsheets know it by, its first line the fields' names."""
    return "".join([",".join(_NAMES), "\r\n", *rows]).encode("utf-8-sig")


def _runs(excerpt: Excerpt, kind: str) -> tuple[str, ...]:
    texts = (run.text.strip() for p in excerpt.paragraphs if not p.caption for run in p.runs if run.kind == kind)
    return tuple(text for text in texts if text)


def _cell(value: str | bool | tuple[str, ...] | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case tuple():
            value = BETWEEN.join(value)
    return f"'{value}" if value.startswith(_FORMULA) else value
