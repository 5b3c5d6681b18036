"""What must hold of one post by itself. Each docstring is what `commentary explain` prints."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from commentary.findings import Finding, found
from commentary.quotation.share import quoted_words
from commentary.syntax.plain import plain_text
from commentary.urls import shorten
from commentary.words import measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from commentary.model import Paragraph, Post, Source

MOST_QUOTED = 3  # times the remark's length
MOST_DAYS = 2  # between the date in a file's name and the post's own

# As the sanitiser leaves a link whose address it took away.
_CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
_WITHOUT_NOTE = re.compile(r"\[\^[^\[\]\s<]+\]")
_REFERRED = re.compile(r'href="#(note-[^"]+)"')
_NOTE = re.compile(r"\[\^[^\[\]\s<]+\]")
_REFERRED = re.compile(r'href="#(note-[^"]+)"')
_NOTE = re.compile(r'<li id="(note-[^"]+)">\n(.*)')
_LINK_TO_NOWHERE = re.compile(r"<a(?: title=\"[^\"]*\")?>(.*?)</a>", re.DOTALL)
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")

# Straight quotes are their own counterpart; a closing ” alone opens, too, in Swedish and Finnish.
_PAIRS = (("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"), ('"', '"'))


def source_predates_post(post: Post) -> Iterator[Finding]:
    """A post quotes what already exists, so its source cannot be newer than the post.

    One of the two dates is mistaken: correct `published` of the source or `date` of the post. A source
    that was revised later keeps the date it had when it was read.
    """
    for source in post.sources:
        if source.published and source.published.first > post.posted.date():
            yield found(
                post.path,
                line_of(post, source, "published"),
                "source-newer-than-post",
                f"the source was published {source.published}, after the post's own date {post.posted:%Y-%m-%d}; "
                "correct one of the two",
            )


def dates_agree(post: Post) -> Iterator[Finding]:
    """The date in a post's file name and its `date` are at most two days apart.

    `date` decides, and stands in the address for ever, so a mistaken year had better be found before it is
    published. A post may well appear a day or two after it was begun; of one that took longer, rename the
    file: its address does not change with the date in the name.
    """
    named = _DATED.match(PurePosixPath(post.path).name)
    if not named:
        return
    with suppress(ValueError):  # no day of the calendar, and no matter where `date` is given
        day = date.fromisoformat(named[0])
        if abs(post.day - day.toordinal()) > MOST_DAYS:
            yield found(
                post.path,
                post.line("date"),
                "two-dates",
                f"the file's name says {day}, and the address that the post keeps for ever {post.permalink}; correct "
                "`date`, or rename the file",
            )


def post_has_remark(post: Post) -> Iterator[Finding]:
    """A post says something of its own about what it quotes.

    A quotation without a remark is only a copy; the right to quote rests on the remark. Write a
    paragraph before or after the excerpt, without `>`.
    """
    if not any(remark.text.strip() for remark in post.remarks):
        yield found(
            post.path,
            post.line("body"),
            "no-remark",
            "the post has no remark; write your own words before or after the excerpt",
        )


def post_has_excerpt(post: Post) -> Iterator[Finding]:
    """A post quotes the news that it remarks on, so that readers can judge the remark.

    Quote the passage in lines that begin with `>`. A post that means to quote nothing says so:
    `allow: no-excerpt`.
    """
    if not post.excerpts:
        yield found(
            post.path,
            post.line("body"),
            "no-excerpt",
            "the post quotes nothing; begin the quoted lines with `>`, or add `allow: no-excerpt`",
        )


def remark_carries_weight(post: Post) -> Iterator[Finding]:
    """The excerpts are at most three times as long as the remark.

    Beyond that the post is more the source's work than ours. Cut the excerpt with `[…]`, or say more.
    Captions and the editor's marks do not count; in Chinese, Japanese and Korean two characters count as a word.
    """
    quoted = sum(measure(quoted_words(excerpt.paragraphs)).weight for excerpt in post.excerpts)
    ours = 0.0
    for remark in post.remarks:
        ours += measure(remark.text).weight
        if quoted <= MOST_QUOTED * ours:  # as mostly, after a remark or two
            return
    if ours and quoted > MOST_QUOTED * ours:
        yield found(
            post.path,
            post.excerpts[0].line,
            "excerpt-outweighs-remark",
            f"quoted words outnumber ours {quoted:.0f} to {ours:.0f}, more than {MOST_QUOTED} to 1; "
            "cut the excerpt with […], or say more",
        )


def corrections_follow_post(post: Post) -> Iterator[Finding]:
    """A correction, and `updated`, is dated on the day of the post or later.

    What was not yet posted cannot have been corrected: one of the two dates is mistaken.
    """
    place = "corrections.0.date" if len(post.corrections) == 1 else "corrections"  # they may be written in any order
    for correction in post.corrections:
        if correction.date.date() < post.posted.date():
            yield found(
                post.path,
                post.line(place, "corrections"),
                "correction-before-post",
                f"the correction is dated {correction.date:%Y-%m-%d}, before the post's own date "
                f"{post.posted:%Y-%m-%d}; correct one of the two",
            )
    if post.updated and post.updated.date() < post.posted.date():
        yield found(
            post.path,
            post.line("updated"),
            "correction-before-post",
            f"updated is {post.updated:%Y-%m-%d}, before the post's own date {post.posted:%Y-%m-%d}; "
            "correct one of the two",
        )


def quotes_are_balanced(post: Post) -> Iterator[Finding]:
    """Quotation marks inside an excerpt come in pairs.

    An odd one is usually a slip of copying. A quotation that runs over several paragraphs may open each
    of them and close only the last. If the source itself has the odd mark, or an elision swallowed its
    counterpart, say so: `allow: unbalanced-quotes`.
    """
    for excerpt in post.excerpts:
        for mark in chain(unbalanced(excerpt.paragraphs), unbalanced(excerpt.original)):
            yield found(
                post.path,
                excerpt.line,
                "unbalanced-quotes",
                f"the excerpt has a {mark} without its counterpart; compare it with the source, "
                "or add `allow: unbalanced-quotes`",
            )


def unbalanced(paragraphs: tuple[Paragraph, ...]) -> Iterator[str]:
    """The quotation marks that lack a counterpart, at most one of each kind."""
    texts = [p.text.lstrip() for p in paragraphs if not p.caption]
    whole = "\n".join(texts)
    if "„" in whole:  # „German“ and „Polish” open low and close high
        texts = [t.replace("“", "”").replace("„", "“") for t in texts]
    elif "“" not in whole and whole.count("”") % 2 == 0:
        texts = [t.replace("”", "") for t in texts]
    if -1 < whole.find("»") < whole.find("«"):  # »Danish«
        texts = [t.translate({0xAB: "»", 0xBB: "«"}) for t in texts]
    whole = "\n".join(texts)
    for opening, closing in _PAIRS:
        if (opening in whole or closing in whole) and (odd := _odd_mark(texts, opening, closing)):
            yield odd


def _odd_mark(texts: list[str], opening: str, closing: str) -> str | None:
    depth = 0
    for text in texts:
        continued = depth > 0 and text.startswith(opening)  # opened again, not nested
        for mark in re.findall(f"[{opening}{closing}]", text[1:] if continued else text):
            if mark == closing and (depth or opening != closing):
                depth -= 1
            else:
                depth += 1
            if depth < 0:
                return closing
    return opening if depth else None


def line_of(post: Post, source: Source, field: str) -> int:
    """The line that gives a field of one of the post's sources, or the source itself."""
    if source in post.sources:
        place = "source" if source.key is None else f"sources.{source.key}"
    else:
        place = f"related.{post.related.index(source)}"
    return post.line(f"{place}.{field}", place, place.partition(".")[0])


def guesses_are_confirmed(post: Post) -> Iterator[Finding]:
    """A fact that `commentary new` could only guess has been looked at by its author.

    Compare it with the page, correct it if need be, and delete the line `# guess, confirm` above it.
    """
    for line in post.guesses:
        message = "the fact below is a guess; compare it with the source, then delete this line"
        yield found(post.path, line, "unconfirmed-guess", message)


def links_can_be_followed(post: Post) -> Iterator[Finding]:
    """A link of a remark has an address that a reader can follow.

    That is a path of this site, or an address that begins with `https:`, `http:` or `mailto:`; any other is
    left out of the page, and the words of the link lead nowhere. Look for a slip such as `htps://`.
    """
    for remark in post.remarks:
        for words in _LINK_TO_NOWHERE.findall(remark.html):
            yield found(
                post.path,
                remark.line,
                "link-without-address",
                f"the link “{plain_text(words)}” leads nowhere, for nobody could follow its address; correct it, or "
                "leave the words without a link",
            )


def footnotes_are_paired(post: Post) -> Iterator[Finding]:
    """A footnote is referred to, `[^1]`, and its note is there, `[^1]: …` on a line of its own.

    A reference without its note is printed as it stands, and a note that nothing refers to stands last among the
    notes. Both are found where a label was mistyped. Where `[^1]` is meant to be read, set it as code.
    """
    referred = {address for remark in post.remarks for address in _REFERRED.findall(remark.html)}
    for remark in post.remarks:
        for label in _WITHOUT_NOTE.findall(plain_text(_CODE.sub("", remark.html))):
            message = f"{label} has no note; write one on a line of its own, `{label}: …`, or delete {label}"
            yield found(post.path, remark.line, "footnote", message)
        for address, words in _NOTE.findall(remark.html):
            if address not in referred:
                said = shorten(plain_text(words))
                message = f"nothing refers to the note “{said}”; put its label, such as [^1], where it belongs"
                yield found(post.path, remark.line, "footnote", message)


POST_CHECKS: Mapping[str, Callable[[Post], Iterator[Finding]]] = {
    "source-newer-than-post": source_predates_post,
    "two-dates": dates_agree,
    "no-remark": post_has_remark,
    "no-excerpt": post_has_excerpt,
    "excerpt-outweighs-remark": remark_carries_weight,
    "correction-before-post": corrections_follow_post,
    "unbalanced-quotes": quotes_are_balanced,
    "unconfirmed-guess": guesses_are_confirmed,
    "link-without-address": links_can_be_followed,
    "footnote": footnotes_are_paired,
}
