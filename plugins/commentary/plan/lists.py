"""The plan's lists: the stream, topics, publications, stories, the archive, corrections."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from commentary.caching import Memo
from commentary.plan.figures import figures, judgements
from commentary.plan.inputs import (
    ArchiveInputs,
    CorrectionsInputs,
    Meeting,
    Moment,
    PeriodInputs,
    PublicationInputs,
    PublicationsInputs,
    Span,
    StoryInputs,
    StreamInputs,
    Stretch,
    Tally,
    TallyInputs,
    TopicInputs,
)
from commentary.plan.page import Kind, Page
from commentary.views import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from commentary.corpus import Corpus
    from commentary.ledger import Ledger
    from commentary.model import Correction, Post
    from commentary.published import Register
    from commentary.settings import Settings, Site
    from commentary.views import Ref, Refs

T = TypeVar("T")

MEETINGS = 6  # topics that a topic's page names as those it meets most


@dataclass(frozen=True, slots=True)
class Chunk:
    """One page of a numbered list."""

    path: str
    number: int | None  # None: the newest page, which stands at the list's own address
    posts: Sequence[Post]
    newer: Stretch | None
    older: Stretch | None


def numbered(posts: Sequence[Post], base: str, size: int, root: str) -> list[Chunk]:
    """Cut a list (newest first) into pages that are numbered from the oldest.

    `/page/1/` holds the oldest `size` posts for ever; the newest page, at `base` itself, holds
    `size` to `2 * size - 1`. So a new post changes the newest page alone, until that one splits.
    """
    full = max(0, len(posts) // size - 1)  # pages that are finished
    newest = len(posts) - full * size
    numbers: list[int | None] = [None, *range(full, 0, -1)]
    slices = [posts[:newest], *(posts[start : start + size] for start in range(newest, len(posts), size))]
    paths = [base if number is None else f"{base}page/{number}/" for number in numbers]

    def stretch(at: int) -> Stretch | None:
        if not 0 <= at < len(paths):
            return None
        if at == 0:
            return Stretch(root + paths[0])
        return Stretch(root + paths[at], slices[at][-1].posted.date(), slices[at][0].posted.date())

    return [
        Chunk(path, number, part, stretch(at - 1), stretch(at + 1))
        for at, (path, number, part) in enumerate(zip(paths, numbers, slices, strict=True))
    ]


def index_path(address: str) -> str:
    """The file that answers at an address: `topics/index.html` for `/topics/`, `old.html` for `/old.html`."""
    return address.removeprefix("/") + ("index.html" if address.endswith("/") else "")


def kept(
    entries: Iterable[T],
    groups: Mapping[str, list[Post]],
    register: Register,
    folder: str,
    names: Callable[[T], tuple[str, str]],
) -> list[tuple[T, list[Post]]]:
    """Entries of a vocabulary that have a page, each with its posts: those in use, and all that ever had one.

    `names`: an entry's key in `groups`, and its slug.
    """
    pairs = ((entry, *names(entry)) for entry in entries)
    return [
        (entry, groups.get(key, []))
        for entry, key, slug in pairs
        if key in groups or f"/{folder}/{slug}/" in register.rows
    ]


def all_corrections(corpus: Corpus) -> list[tuple[Correction, Post]]:
    """Every correction with the post it corrects, newest first."""
    pairs = [(correction, post) for post in corpus.posts for correction in post.corrections]
    return sorted(pairs, key=lambda pair: (-pair[0].date.timestamp(), pair[1].permalink))


def lists(corpus: Corpus, settings: Settings, register: Register, ledger: Ledger, ref: Refs) -> Iterator[Page]:
    """Every list page of the site."""
    outputs = settings.site.outputs
    yield from _stream(corpus, settings)
    yield from _topics(corpus, settings, register, ref)
    if "publications" in outputs:
        yield from _publications(corpus, settings, register, ledger, ref)
    if "stories" in outputs:
        yield from _stories(corpus, settings.site, register, ref)
    if "archive" in outputs:
        yield from _archive(corpus, settings.site, ref)
    if "corrections" in outputs:
        corrections = tuple((c, ref(post)) for c, post in all_corrections(corpus))
        yield Page(index_path("/corrections/"), Kind.CORRECTIONS, CorrectionsInputs(corrections))


def _stream(corpus: Corpus, settings: Settings) -> Iterator[Page]:
    for chunk in numbered(corpus.posts, "/", settings.stream_size, settings.site.root):
        inputs = StreamInputs(tuple(chunk.posts), chunk.number, chunk.newer, chunk.older)
        yield Page(index_path(chunk.path), Kind.STREAM, inputs)


def _tally(name: str, href: str, description: str | None, posts: Sequence[Post]) -> Tally | None:
    if not posts:
        return None
    return Tally(name, href, description, len(posts), posts[-1].posted.date(), posts[0].posted.date())


def _topics(corpus: Corpus, settings: Settings, register: Register, ref: Refs) -> Iterator[Page]:
    root = settings.site.root
    used = kept(corpus.vocabulary.topics, corpus.by_topic, register, "topics", lambda t: (t.slug, t.slug))
    links = {t.slug: Link(t.name, f"{root}/topics/{t.slug}/") for t, _ in used}
    children: defaultdict[str, list[Link]] = defaultdict(list)
    for topic, _ in used:
        if topic.parent:
            children[topic.parent].append(links[topic.slug])
    entries = []
    for topic, posts in used:
        tally = _tally(topic.name, links[topic.slug].href, topic.description, posts)
        entries += [tally] if tally else []
        for chunk in numbered(posts, f"/topics/{topic.slug}/", settings.index_size, root):
            inputs = TopicInputs(
                topic=topic,
                parent=links.get(topic.parent or ""),
                children=tuple(children[topic.slug]),
                tally=tally if chunk.number is None else None,
                meets=_meets(topic.slug, posts, links) if chunk.number is None else (),
                refs=tuple(map(ref, chunk.posts)),
                number=chunk.number,
                newer=chunk.newer,
                older=chunk.older,
            )
            yield Page(index_path(chunk.path), Kind.TOPIC, inputs)
    yield Page(index_path("/topics/"), Kind.TOPICS, TallyInputs(_by_name(entries)))


def _meets(slug: str, posts: Sequence[Post], links: Mapping[str, Link]) -> tuple[Meeting, ...]:
    counts = Counter(chain.from_iterable(post.topics for post in posts))
    others = [(other, count) for other, count in counts.items() if other != slug and other in links]
    most = sorted(others, key=lambda pair: (-pair[1], links[pair[0]].name.casefold()))
    return tuple(Meeting(links[other], count) for other, count in most[:MEETINGS])


def _publications(corpus: Corpus, settings: Settings, register: Register, ledger: Ledger, ref: Refs) -> Iterator[Page]:
    entries = []
    memo = Memo(settings.cache / "posts" / "judged")
    judged = lambda post: memo.of(post.digest, partial(judgements, post, ledger))  # noqa: E731
    counted = partial(figures, ledger=ledger, vocabulary=corpus.vocabulary, judged=judged)
    used = kept(
        corpus.vocabulary.publications, corpus.by_publication, register, "publications", lambda p: (p.name, p.slug)
    )
    for publication, posts in used:
        base = f"/publications/{publication.slug}/"
        tally = _tally(publication.name, settings.site.root + base, None, posts)
        entries += [tally] if tally else []
        for chunk in numbered(posts, base, settings.index_size, settings.site.root):
            inputs = PublicationInputs(
                publication=publication,
                tally=tally if chunk.number is None else None,
                figures=counted(posts, of=publication.name) if chunk.number is None else None,
                refs=tuple(map(ref, chunk.posts)),
                number=chunk.number,
                newer=chunk.newer,
                older=chunk.older,
            )
            yield Page(index_path(chunk.path), Kind.PUBLICATION, inputs)
    everything = counted(corpus.posts)
    memo.keep()
    index = PublicationsInputs(_by_name(entries), len(corpus.posts), everything)
    yield Page(index_path("/publications/"), Kind.PUBLICATIONS, index)


def _stories(corpus: Corpus, site: Site, register: Register, ref: Refs) -> Iterator[Page]:
    entries = []
    used = kept(corpus.vocabulary.stories, corpus.by_story, register, "stories", lambda s: (s.slug, s.slug))
    for story, posts in used:
        address = f"/stories/{story.slug}/"
        tally = _tally(story.title, site.root + address, story.description, posts)
        entries += [tally] if tally else []
        moments = tuple(Moment(ref(post), post) for post in sorted(posts, key=_reported))
        yield Page(index_path(address), Kind.STORY, StoryInputs(story, moments))
    newest_first = sorted(entries, key=lambda e: (-e.last.toordinal(), e.name))
    yield Page(index_path("/stories/"), Kind.STORIES, TallyInputs(tuple(newest_first)))


def _reported(post: Post) -> tuple[date, float]:
    """A story's order: by the first source's date, which may be known only in part, then by ours."""
    dates = [s.published.first for s in post.sources if s.published]
    return (min(dates, default=post.posted.date()), post.posted.timestamp())


def _by_name(entries: list[Tally]) -> tuple[Tally, ...]:
    return tuple(sorted(entries, key=lambda e: (e.name.casefold(), e.href)))


def _archive(corpus: Corpus, site: Site, ref: Refs) -> Iterator[Page]:
    months: defaultdict[tuple[int, int], list[Ref]] = defaultdict(list)
    years: defaultdict[int, list[Ref]] = defaultdict(list)
    for post in corpus.posts:
        posted, shown = post.posted, ref(post)
        months[posted.year, posted.month].append(shown)
        years[posted.year].append(shown)
    spans: defaultdict[date, list[Span]] = defaultdict(list)
    archive = Link("archive", f"{site.root}/archive/")
    for (year, month), refs in months.items():  # newest first, as the posts are
        start = date(year, month, 1)
        address = f"/{start:%Y/%m}/"
        spans[date(year, 1, 1)].append(Span(start, site.root + address, len(refs)))
        up = Link(f"{start:%Y}", f"{site.root}/{start:%Y}/")
        yield Page(index_path(address), Kind.PERIOD, PeriodInputs(start, (), tuple(refs), up))
    overview = []
    for year, refs in years.items():
        start = date(year, 1, 1)
        address = f"/{start:%Y}/"
        overview.append((Span(start, site.root + address, len(refs)), tuple(spans[start])))
        yield Page(index_path(address), Kind.PERIOD, PeriodInputs(start, tuple(spans[start]), tuple(refs), archive))
    yield Page(index_path("/archive/"), Kind.ARCHIVE, ArchiveInputs(tuple(overview)))
