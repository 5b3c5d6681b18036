"""What must hold of the posts together. Each docstring is what `commentary explain` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commentary.checks.post import line_of
from commentary.corpus import newest_first
from commentary.findings import Finding, found
from commentary.urls import same_page_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from commentary.corpus import Corpus
    from commentary.model import Post

_DAY = 86_400  # seconds


def future_is_held(corpus: Corpus) -> Iterator[Finding]:
    """A post dated in the future is held until then.

    This is how a post is scheduled, and no fault; it is said so that a mistaken year does not hide a
    post. The first build after that moment publishes it.
    """
    for post in corpus.held:
        yield found(
            post.path,
            post.line("date"),
            "held",
            f"the post is held until {_moment(post)} ({post.posted.tzinfo}); date it earlier to show it now",
        )


def _moment(post: Post) -> str:
    return f"{post.posted:%Y-%m-%d}" if post.day_only else f"{post.posted:%Y-%m-%d %H:%M}"


def source_is_quoted_once(corpus: Corpus) -> Iterator[Finding]:
    """A source that a post quotes has not been quoted by an earlier post.

    Two addresses are one source if only the scheme, `www.`, tracking parameters, the fragment or a last
    slash differ. A post that goes back to a source on purpose says so: `allow: source-already-quoted`.
    """
    quoted: dict[str, Post] = {}
    for post in oldest_first(corpus):
        met = {key: earlier for key in post.works if (earlier := quoted.setdefault(key, post)) is not post}
        for source in post.sources if met else ():
            first = met.get(same_page_key(source.url)) if source.url else None
            if first:
                yield found(
                    post.path,
                    line_of(post, source, "url"),
                    "source-already-quoted",
                    f"{first.path} quotes this source already; write about what is new, "
                    "or add `allow: source-already-quoted`",
                )


def corrections_have_been_made(corpus: Corpus) -> Iterator[Finding]:
    """An error for every correction, and `updated`, of a day to come; a day ahead is borne, as zones differ.

    It stands in no table, so that no site makes a warning of it: a site that stands is not looked at again until
    a held post is due, and would tell of it for ever.
    """
    if corpus.now is None:
        return
    latest = corpus.now.timestamp() + _DAY
    for post in corpus.posts:
        if post.changed[0] <= latest or not post.is_due(corpus.now):
            continue
        alone = "corrections.0.date" if len(post.corrections) == 1 else "corrections"  # they are sorted by now
        dates = [("updated", "updated", post.updated)] if post.updated else []
        dates += [("the correction", alone, correction.date) for correction in post.corrections]
        for what, place, date in dates:
            if date and date.timestamp() > latest:
                message = f"{what} is dated {date:%Y-%m-%d}, which is still to come; correct the date"
                yield found(post.path, post.line(place, "corrections"), "correction-to-come", message)


def oldest_first(corpus: Corpus) -> list[Post]:
    """Every post that is or will be shown, oldest first, so that a finding stands at the later of two posts."""
    return sorted((*corpus.posts, *corpus.held), key=newest_first, reverse=True)


CORPUS_CHECKS: Mapping[str, Callable[[Corpus], Iterator[Finding]]] = {
    "held": future_is_held,
    "source-already-quoted": source_is_quoted_once,
}
