"""The plan's lists: the stream, the groups of posts, the archive, corrections."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from commentary.plan.figures import facts_of
from commentary.plan.fingerprints import digest_of
from commentary.plan.groups import Groups
from commentary.plan.inputs import ArchiveInputs, CorrectionsInputs, PeriodInputs, Span, StreamInputs
from commentary.plan.numbered import digests_of, last_change, last_day, mentions_of, numbered
from commentary.plan.page import Kind, Page, index_path
from commentary.plan.sections import Sections
from commentary.views import Link, Refs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from commentary.caching import Memos
    from commentary.corpus import Corpus
    from commentary.ledger import Ledger
    from commentary.model import Correction, Post
    from commentary.published import Register
    from commentary.reading.redirects import Redirect
    from commentary.settings import Settings, Site

_MONTH = re.compile(r"/(?!0000)([0-9]{4})/(0[1-9]|1[0-2])/")


def lists(
    corpus: Corpus, settings: Settings, register: Register, ledger: Ledger, *, ref: Refs, memos: Memos
) -> Iterator[Page]:
    """Every list page of the site. `memos`: of figures, and of sections that are as they were."""
    outputs = settings.site.outputs
    groups = Groups(corpus, settings, register, ref, Sections(memos["lists"]))
    yield from _stream(corpus, settings)
    yield from groups.topics()
    if "publications" in outputs:
        known = partial(facts_of, ledger=ledger, vocabulary=corpus.vocabulary)
        facts = memos["facts"].of_each(corpus.posts, attrgetter("digest"), known)
        yield from groups.publications([*chain.from_iterable(facts)])
    if "stories" in outputs:
        yield from groups.stories()
    if "archive" in outputs:
        yield from _archive(corpus, settings.site, ref)
    if "corrections" in outputs:
        everything = all_corrections(corpus)
        inputs = CorrectionsInputs(tuple((correction, ref(post)) for correction, post in everything))
        changed = everything[0][0].date.isoformat() if everything else None
        yield Page(index_path("/corrections/"), Kind.CORRECTIONS, inputs, changed=changed)


def all_corrections(corpus: Corpus) -> list[tuple[Correction, Post]]:
    """Every correction with the post it corrects, newest first."""
    pairs = [(correction, post) for post in corpus.posts if post.corrected for correction in post.corrections]
    return sorted(pairs, key=lambda pair: (-pair[0].date.timestamp(), pair[1].permalink))


def _stream(corpus: Corpus, settings: Settings) -> Iterator[Page]:
    for chunk in numbered(corpus.posts, "/", settings.stream_size, settings.site.root):
        inputs = StreamInputs(tuple(chunk.posts), chunk.number, chunk.newer, chunk.older)
        digest = digest_of(f"{chunk.place} {digests_of(chunk.posts)}")
        yield Page(index_path(chunk.path), Kind.STREAM, inputs, digest=digest, changed=last_change(chunk.posts))


def _archive(corpus: Corpus, site: Site, ref: Refs) -> Iterator[Page]:
    years: defaultdict[date, list[Post]] = defaultdict(list)
    spans: defaultdict[date, list[Span]] = defaultdict(list)
    for month, posts in corpus.by_month.items():  # newest first, as the posts are
        year = month.replace(month=1)
        years[year] += posts
        address = f"/{month:%Y/%m}/"
        spans[year].append(Span(month, site.root + address, len(posts)))
        yield _period(month, (), posts, Link(f"{year:%Y}", f"{site.root}/{year:%Y}/"), ref)
    overview = []
    for year, posts in years.items():
        address = f"/{year:%Y}/"
        overview.append((Span(year, site.root + address, len(posts)), tuple(spans[year])))
        yield _period(year, tuple(spans[year]), posts, Link("archive", f"{site.root}/archive/"), ref)
    changed = corpus.posts[0].posted.isoformat() if corpus.posts else None
    yield Page(index_path("/archive/"), Kind.ARCHIVE, ArchiveInputs(tuple(overview)), changed=changed)


def emptied(
    pages: Iterable[Page], corpus: Corpus, site: Site, register: Register, redirects: Iterable[Redirect]
) -> Iterator[Page]:
    """Pages of months and years that posts were published in, and that hold none any more; unless one of `redirects` leads on."""
    if "archive" not in site.outputs:
        return
    begun = {address[:9] for address, row in register.rows.items() if row.kind == "post"}
    months = sorted(_months(begun) - corpus.by_month.keys())
    if not months:
        return
    spans: defaultdict[date, list[Span]] = defaultdict(list)
    left = []
    for month in months:
        year = month.replace(month=1)
        spans[year].append(Span(month, f"{site.root}/{month:%Y/%m}/", 0))
        left.append(_period(month, (), (), Link(f"{year:%Y}", f"{site.root}/{year:%Y}/"), Refs(site)))
    up = Link("archive", f"{site.root}/archive/")
    left += [_period(year, tuple(gone), (), up, Refs(site)) for year, gone in spans.items()]
    taken = {page.path for page in pages} | {index_path(redirect.address) for redirect in redirects}
    yield from (page for page in left if page.path not in taken)


def _months(beginnings: Iterable[str]) -> set[date]:
    """The first days of the months that addresses begin with, `/2025/04/`."""
    found = filter(None, map(_MONTH.fullmatch, beginnings))
    return {date(int(year), int(month), 1) for year, month in (match.groups() for match in found)}


def _period(start: date, months: tuple[Span, ...], posts: Sequence[Post], up: Link, ref: Refs) -> Page:
    def inputs() -> PeriodInputs:
        return PeriodInputs(start, months, tuple(map(ref, posts)), up)

    digest = digest_of(f"{start} {months!r} {up!r} {mentions_of(posts)}")
    address = f"/{start:%Y}/" if months else f"/{start:%Y/%m}/"
    return Page(index_path(address), Kind.PERIOD, inputs, digest=digest, changed=last_day(posts))
