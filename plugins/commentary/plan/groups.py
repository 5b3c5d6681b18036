"""The plan's groups of posts: topics, publications and stories, each with its pages, and the indexes of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from heapq import nlargest
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from commentary.plan.figures import figures
from commentary.plan.fingerprints import digest_of
from commentary.plan.inputs import (
    Meeting,
    Moment,
    PublicationInputs,
    PublicationsInputs,
    StoryInputs,
    Tally,
    TallyInputs,
    TopicInputs,
)
from commentary.plan.numbered import day_of, digests_of, last_change, numbered
from commentary.plan.page import Kind, Page, index_path
from commentary.views import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from commentary.corpus import Corpus
    from commentary.model import Post
    from commentary.plan.figures import Fact
    from commentary.plan.sections import Sections
    from commentary.published import Register
    from commentary.settings import Settings
    from commentary.views import Refs
    from commentary.vocabulary import Publication, Story, Topic

T = TypeVar("T")

MEETINGS = 6  # topics that a topic's page names as those it meets most


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


@dataclass(frozen=True, slots=True)
class Groups:
    """Plans the pages of what posts share. A group whose posts are the same is a section that is as it was."""

    corpus: Corpus
    settings: Settings
    register: Register
    ref: Refs
    sections: Sections

    def topics(self) -> Iterator[Page]:
        """Every topic's pages, and the index."""
        corpus, root = self.corpus, self.settings.site.root
        used = kept(corpus.vocabulary.topics, corpus.by_topic, self.register, "topics", lambda t: (t.slug, t.slug))
        links = {t.slug: Link(t.name, f"{root}/topics/{t.slug}/") for t, _ in used}
        children: defaultdict[str, list[Link]] = defaultdict(list)
        for topic, _ in used:
            if topic.parent:
                children[topic.parent].append(links[topic.slug])
        entries = []
        around = digest_of(f"{self._form} {links!r}")  # any of them may be met
        for topic, posts in used:
            tally = _tally(topic.name, links[topic.slug].href, topic.description, posts)
            entries += [tally] if tally else []
            family = {"parent": links.get(topic.parent or ""), "children": tuple(children[topic.slug])}
            key = digest_of(f"{around} {topic!r} {family!r} {digests_of(posts)}")
            yield from self.sections.pages(key, partial(self._topic, topic, posts, tally, family, links))
        yield Page(index_path("/topics/"), Kind.TOPICS, TallyInputs(_by_name(entries)), changed=_last_of(entries))

    def _topic(
        self,
        topic: Topic,
        posts: Sequence[Post],
        tally: Tally | None,
        family: Mapping[str, Any],
        links: Mapping[str, Link],
    ) -> Iterator[Page]:
        meets = _meets(topic.slug, posts, links)
        for chunk in numbered(posts, f"/topics/{topic.slug}/", self.settings.index_size, self.settings.site.root):
            on_first = {"tally": tally, "meets": meets} if chunk.number is None else {"tally": None, "meets": ()}
            facts = {"topic": topic, **family, **on_first}
            yield chunk.page(Kind.TOPIC, facts, partial(TopicInputs, **facts), self.ref)

    def publications(self, facts: Sequence[Fact]) -> Iterator[Page]:
        """Every publication's pages, and the index; `facts`: of all posts."""
        corpus = self.corpus
        of_one: defaultdict[str | None, list[Fact]] = defaultdict(list)
        for fact in facts:
            of_one[fact[0]].append(fact)
        names = attrgetter("name", "slug")
        used = kept(corpus.vocabulary.publications, corpus.by_publication, self.register, "publications", names)
        entries = []
        for publication, posts in used:
            href = f"{self.settings.site.root}/publications/{publication.slug}/"
            tally = _tally(publication.name, href, None, posts)
            entries += [tally] if tally else []
            # What is known of their sources is in the posts' digests, too.
            key = digest_of(f"{self._form} {publication!r} {digests_of(posts)}")
            make = partial(self._publication, publication, posts, tally, of_one[publication.name])
            yield from self.sections.pages(key, make)
        index = PublicationsInputs(_by_name(entries), len(corpus.posts), figures(corpus.posts, facts))
        yield Page(index_path("/publications/"), Kind.PUBLICATIONS, index, changed=_last_of(entries))

    def _publication(
        self, publication: Publication, posts: Sequence[Post], tally: Tally | None, facts: Sequence[Fact]
    ) -> Iterator[Page]:
        on_first = {"tally": tally, "figures": figures(posts, facts)}
        base = f"/publications/{publication.slug}/"
        for chunk in numbered(posts, base, self.settings.index_size, self.settings.site.root):
            shown: dict[str, Any] = {"publication": publication}
            shown |= on_first if chunk.number is None else dict.fromkeys(on_first)
            yield chunk.page(Kind.PUBLICATION, shown, partial(PublicationInputs, **shown), self.ref)

    def stories(self) -> Iterator[Page]:
        """Every story's page, and the index."""
        corpus, entries = self.corpus, []
        used = kept(corpus.vocabulary.stories, corpus.by_story, self.register, "stories", lambda s: (s.slug, s.slug))
        for story, posts in used:
            address = f"/stories/{story.slug}/"
            tally = _tally(story.title, self.settings.site.root + address, story.description, posts)
            entries += [tally] if tally else []
            in_order = sorted(posts, key=lambda post: (post.reported, post.moment))
            digest = digest_of(f"{story!r} {digests_of(in_order)}")
            inputs = partial(_timeline, story, in_order, self.ref)
            yield Page(index_path(address), Kind.STORY, inputs, digest=digest, changed=last_change(posts))
        newest_first = sorted(entries, key=lambda e: (-e.last.toordinal(), e.name))
        index = TallyInputs(tuple(newest_first))
        yield Page(index_path("/stories/"), Kind.STORIES, index, changed=_last_of(entries))

    @property
    def _form(self) -> str:
        """What of the settings their pages depend on."""
        return f"{self.settings.index_size} {self.settings.site.root}"


def _timeline(story: Story, posts: Iterable[Post], ref: Refs) -> StoryInputs:
    return StoryInputs(story, tuple(Moment(ref(post), post) for post in posts))


def _meets(slug: str, posts: Sequence[Post], links: Mapping[str, Link]) -> tuple[Meeting, ...]:
    counts = Counter(chain.from_iterable(map(attrgetter("topics"), posts)))
    others = {other: count for other, count in counts.items() if other != slug and other in links}
    least = min(nlargest(MEETINGS, others.values()), default=0)
    most = [(-count, links[other].name.casefold(), other) for other, count in others.items() if count >= least]
    return tuple(Meeting(links[other], -count) for count, _, other in sorted(most)[:MEETINGS])


def _tally(name: str, href: str, description: str | None, posts: Sequence[Post]) -> Tally | None:
    if not posts:
        return None
    return Tally(name, href, description, len(posts), day_of(posts[-1]), day_of(posts[0]))


def _last_of(tallies: Iterable[Tally]) -> str | None:
    return max((tally.last.isoformat() for tally in tallies), default=None)


def _by_name(entries: list[Tally]) -> tuple[Tally, ...]:
    return tuple(sorted(entries, key=lambda e: (e.name.casefold(), e.href)))
