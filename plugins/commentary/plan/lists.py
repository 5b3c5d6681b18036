"""The plan's lists: the stream, topics, publications, stories, the archive, corrections."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import partial
from heapq import nlargest
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from commentary.caching import Memo
from commentary.plan.figures import Fact, facts_of, figures
from commentary.plan.fingerprints import digest_of
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
    from commentary.plan.inputs import Inputs
    from commentary.published import Register
    from commentary.settings import Settings, Site
    from commentary.views import Refs
    from commentary.vocabulary import Story

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

    @property
    def place(self) -> str:
        """What tells its number and neighbours from any others."""
        return repr((self.number, self.newer, self.older))

    def page(self, kind: Kind, facts: object, make: Callable[..., Inputs], ref: Refs) -> Page:
        """A page that mentions these posts; `make`: gives its inputs, of which `facts` are those that are not the chunk's."""

        def inputs() -> Inputs:
            return make(refs=tuple(map(ref, self.posts)), number=self.number, newer=self.newer, older=self.older)

        digest = digest_of(f"{facts!r} {self.place} {_mentions(self.posts)}")
        return Page(index_path(self.path), kind, inputs, digest=digest, changed=_last_day(self.posts))


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
        return Stretch(root + paths[at], _day(slices[at][-1]), _day(slices[at][0]))

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
    pairs = [(correction, post) for post in corpus.posts if post.corrected for correction in post.corrections]
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
        everything = all_corrections(corpus)
        inputs = CorrectionsInputs(tuple((correction, ref(post)) for correction, post in everything))
        changed = everything[0][0].date.isoformat() if everything else None
        yield Page(index_path("/corrections/"), Kind.CORRECTIONS, inputs, changed=changed)


def _mentions(posts: Iterable[Post]) -> str:
    """What tells that which lists show of these posts from anything else."""
    return " ".join([post.mention for post in posts])


def _day(post: Post) -> date:
    return date.fromordinal(post.day)


def _last_day(posts: Sequence[Post]) -> str | None:
    """Of posts, newest first."""
    return _day(posts[0]).isoformat() if posts else None


def _last_change(posts: Iterable[Post]) -> str | None:
    return max((post.changed for post in posts), default=(0.0, None))[1]


def _stream(corpus: Corpus, settings: Settings) -> Iterator[Page]:
    for chunk in numbered(corpus.posts, "/", settings.stream_size, settings.site.root):
        inputs = StreamInputs(tuple(chunk.posts), chunk.number, chunk.newer, chunk.older)
        digest = digest_of(f"{chunk.place} {' '.join([post.digest for post in chunk.posts])}")
        yield Page(index_path(chunk.path), Kind.STREAM, inputs, digest=digest, changed=_last_change(chunk.posts))


def _tally(name: str, href: str, description: str | None, posts: Sequence[Post]) -> Tally | None:
    if not posts:
        return None
    return Tally(name, href, description, len(posts), _day(posts[-1]), _day(posts[0]))


def _last_of(tallies: Iterable[Tally]) -> str | None:
    return max((tally.last.isoformat() for tally in tallies), default=None)


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
            facts: dict[str, Any] = {
                "topic": topic,
                "parent": links.get(topic.parent or ""),
                "children": tuple(children[topic.slug]),
                "tally": tally if chunk.number is None else None,
                "meets": _meets(topic.slug, posts, links) if chunk.number is None else (),
            }
            yield chunk.page(Kind.TOPIC, facts, partial(TopicInputs, **facts), ref)
    inputs = TallyInputs(_by_name(entries))
    yield Page(index_path("/topics/"), Kind.TOPICS, inputs, changed=_last_of(entries))


def _meets(slug: str, posts: Sequence[Post], links: Mapping[str, Link]) -> tuple[Meeting, ...]:
    counts = Counter(chain.from_iterable(map(attrgetter("topics"), posts)))
    others = {other: count for other, count in counts.items() if other != slug and other in links}
    least = min(nlargest(MEETINGS, others.values()), default=0)
    most = [(-count, links[other].name.casefold(), other) for other, count in others.items() if count >= least]
    return tuple(Meeting(links[other], -count) for count, _, other in sorted(most)[:MEETINGS])


def _publications(corpus: Corpus, settings: Settings, register: Register, ledger: Ledger, ref: Refs) -> Iterator[Page]:
    entries = []
    memo = Memo(settings.cache / "posts" / "facts")
    everything = [
        fact
        for post in corpus.posts
        for fact in memo.of(post.digest, partial(facts_of, post, ledger, corpus.vocabulary))
    ]
    memo.keep()
    of_one: defaultdict[str | None, list[Fact]] = defaultdict(list)
    for fact in everything:
        of_one[fact[0]].append(fact)
    used = kept(
        corpus.vocabulary.publications, corpus.by_publication, register, "publications", lambda p: (p.name, p.slug)
    )
    for publication, posts in used:
        base = f"/publications/{publication.slug}/"
        tally = _tally(publication.name, settings.site.root + base, None, posts)
        entries += [tally] if tally else []
        for chunk in numbered(posts, base, settings.index_size, settings.site.root):
            facts: dict[str, Any] = {
                "publication": publication,
                "tally": tally if chunk.number is None else None,
                "figures": figures(posts, of_one[publication.name]) if chunk.number is None else None,
            }
            yield chunk.page(Kind.PUBLICATION, facts, partial(PublicationInputs, **facts), ref)
    index = PublicationsInputs(_by_name(entries), len(corpus.posts), figures(corpus.posts, everything))
    yield Page(index_path("/publications/"), Kind.PUBLICATIONS, index, changed=_last_of(entries))


def _stories(corpus: Corpus, site: Site, register: Register, ref: Refs) -> Iterator[Page]:
    entries = []
    used = kept(corpus.vocabulary.stories, corpus.by_story, register, "stories", lambda s: (s.slug, s.slug))
    for story, posts in used:
        address = f"/stories/{story.slug}/"
        tally = _tally(story.title, site.root + address, story.description, posts)
        entries += [tally] if tally else []
        in_order = sorted(posts, key=lambda post: (post.reported, post.moment))
        digest = digest_of(f"{story!r} {' '.join([post.digest for post in in_order])}")
        inputs = partial(_timeline, story, in_order, ref)
        yield Page(index_path(address), Kind.STORY, inputs, digest=digest, changed=_last_change(posts))
    newest_first = sorted(entries, key=lambda e: (-e.last.toordinal(), e.name))
    index = TallyInputs(tuple(newest_first))
    yield Page(index_path("/stories/"), Kind.STORIES, index, changed=_last_of(entries))


def _timeline(story: Story, posts: Iterable[Post], ref: Refs) -> StoryInputs:
    return StoryInputs(story, tuple(Moment(ref(post), post) for post in posts))


def _by_name(entries: list[Tally]) -> tuple[Tally, ...]:
    return tuple(sorted(entries, key=lambda e: (e.name.casefold(), e.href)))


def _archive(corpus: Corpus, site: Site, ref: Refs) -> Iterator[Page]:
    months: defaultdict[date, list[Post]] = defaultdict(list)
    for post in corpus.posts:
        months[_day(post).replace(day=1)].append(post)
    years: defaultdict[date, list[Post]] = defaultdict(list)
    spans: defaultdict[date, list[Span]] = defaultdict(list)
    for month, posts in months.items():  # newest first, as the posts are
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


def _period(start: date, months: tuple[Span, ...], posts: Sequence[Post], up: Link, ref: Refs) -> Page:
    def inputs() -> PeriodInputs:
        return PeriodInputs(start, months, tuple(map(ref, posts)), up)

    digest = digest_of(f"{months!r} {up!r} {_mentions(posts)}")
    address = f"/{start:%Y}/" if months else f"/{start:%Y/%m}/"
    return Page(index_path(address), Kind.PERIOD, inputs, digest=digest, changed=_last_day(posts))
