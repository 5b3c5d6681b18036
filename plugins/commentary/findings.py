"""
Findings: what an author's text breaches, where, and the way out.

Every rule of the project stands in `RULES`, with the severity it has unless the settings say otherwise.
A rule that a check enforces is explained by that check's docstring; the others are explained here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from difflib import get_close_matches
from enum import IntEnum
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Severity(IntEnum):
    """How much a finding weighs: an error fails a run, a warning fails it under `--strict`."""

    NOTE = 0
    WARNING = 1
    ERROR = 2

    def __str__(self) -> str:
        return self.name.lower()


NOTE, WARNING, ERROR = Severity
_COLOURS = {ERROR: 31, WARNING: 33, NOTE: 36}  # ANSI red, yellow, cyan


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's default severity; its explanation, unless a check's docstring gives it."""

    severity: Severity
    explanation: str = ""
    bearable: bool = False  # a fault of the text that a post can be built with, if its author means it

    @property
    def editorial(self) -> bool:
        """Whether the settings may make less of it: no fault of a text that cannot be built."""
        return self.severity < ERROR or not self.explanation

    @property
    def excusable(self) -> bool:
        """Whether a post may do without it, by its `allow`."""
        return self.editorial or self.bearable


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One breach of one rule at one line of one file.

    `path` is relative to the project's root, with `/`; `line` counts from 1.
    """

    path: str
    line: int
    rule: str
    message: str
    severity: Severity = ERROR

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity} {self.rule}: {self.message}"


def found(path: str, line: int, rule: str, message: str) -> Finding:
    """A finding with its rule's default severity. `message`: what is wrong, and the way out."""
    return Finding(shown(path), line, rule, shown(message), RULES[rule].severity)


def shown(text: str) -> str:
    """The text with escapes for what no line can show: it quotes what others wrote, and goes to terminals."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def as_text(findings: Iterable[Finding], *, colour: bool = False) -> str:
    """A line for each finding: `path:line: severity rule: message`."""
    return "".join(f"{_coloured(finding) if colour else finding}\n" for finding in findings)


def _coloured(finding: Finding) -> str:
    before, severity, after = str(finding).partition(f" {finding.severity} ")
    return f"{before} \033[{_COLOURS[finding.severity]}m{severity.strip()}\033[0m {after}"


def wants_colour(stream: TextIO) -> bool:
    """Whether to colour what goes to `stream`: a terminal that is not dumb, unless NO_COLOR (no-color.org) is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """`1 post`, `2 posts`."""
    return f"{number} {noun}" if number == 1 else f"{number} {plural or noun + 's'}"


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """`; did you mean X?`, or nothing if no known word is near."""
    close = get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return f"; did you mean {close[0]}?" if close else ""


RULES: Mapping[str, Rule] = {
    # Text that cannot be read as a post
    "unreadable": Rule(
        ERROR,
        "The file cannot be opened, is not a regular file, holds a merge conflict, or is not UTF-8 text free of control characters.",
    ),
    "front-matter": Rule(
        ERROR,
        "A post begins with `---`, keys in YAML, and `---`; anchors, tags and keys over several lines are not allowed.",
    ),
    "comment-in-value": Rule(
        ERROR,
        "Outside title, headline and summary, YAML drops what follows ` #`; take it out, or put a value that holds it in quotes.",
    ),
    "unknown-key": Rule(ERROR, "The front matter holds a key that the post format does not know."),
    "repeated-key": Rule(ERROR, "The front matter holds a key twice; YAML would silently keep the last."),
    "missing-key": Rule(ERROR, "A post needs at least title, topics and source."),
    "bad-value": Rule(
        ERROR,
        "A value is not of its key's kind: a date that does not exist, an address that is not http(s), an empty title.",
    ),
    "no-date": Rule(
        ERROR, "Neither the front matter nor the file's name (2025-04-30-slug.md) says when the post was written."
    ),
    "correction-to-come": Rule(
        ERROR,
        "A correction, and `updated`, is dated on the day that it was made; of one in the future, feeds and the sitemap "
        "would make the newest post until then.",
    ),
    "unquoted-line": Rule(
        ERROR,
        "A line straight after a `>` line belongs, to Markdown, to the quotation; begin it with `>` or leave a blank line.",
        bearable=True,
    ),
    "attribution": Rule(
        ERROR,
        "With several sources each excerpt ends in `> — ID`, where ID is a key of `sources`; with one source, an attribution must name it.",
        bearable=True,
    ),
    "misplaced-mark": Rule(
        ERROR,
        "`{: .caption }` stands on a line of its own under a paragraph of an excerpt, `{: .original }` at the excerpt's end.",
    ),
    "too-much": Rule(
        ERROR,
        "A text asks more of Markdown than it can do in two seconds: lists too deep, paragraphs, tables or runs of brackets too long.",
    ),
    # Vocabularies and site data
    "vocabulary": Rule(ERROR, "A file in content/data/ cannot be read, or an entry in it is not as it must be."),
    "ledger": Rule(ERROR, "A line in content/data/ledger/ is no fact; it is read, and shown to readers, line by line."),
    "undeclared-topic": Rule(
        ERROR,
        "A topic is neither declared in content/data/topics.yaml nor a synonym of one; `check --fix` declares it.",
    ),
    "unknown-story": Rule(ERROR, "A story is not declared in content/data/stories.yaml.", bearable=True),
    "undeclared-publication": Rule(WARNING, "A publication is not declared in content/data/publications.yaml."),
    "unknown-rule": Rule(ERROR, "`allow` names a rule that does not exist, or one that no post can be excused from."),
    "unread": Rule(
        WARNING,
        "Everything directly in content/ and content/data/ is part of the site; a post lies in content/posts, and files "
        "that readers get as they are in content/extra.",
    ),
    # The site as a whole
    "collision": Rule(ERROR, "Two outputs of the site would have the same path, equal but for case or Unicode form."),
    "alias-collision": Rule(
        ERROR,
        "An alias becomes a redirect, so it cannot be the address of a post, a page or a list, nor another post's alias.",
    ),
    "reserved-path": Rule(ERROR, "An address belongs to the site itself or to no place inside the output."),
    "redirect": Rule(
        ERROR,
        "A line of content/data/redirects.yaml is `old address: new address`, and the new one is of this site. "
        "The old one was no post's: a post that moves names it in its `aliases`, and so keeps its id in the feeds.",
    ),
    # Promises of what was published
    "register": Rule(ERROR, "content/data/register.json cannot be read; it is kept by `commentary register`."),
    "lost-address": Rule(
        ERROR,
        "An address that was published once must answer for ever: with its page, as an alias of the post that has moved, "
        "or by a line in content/data/redirects.yaml. A post that must go is withdrawn, with a reason, and not deleted.",
    ),
    "changed-id": Rule(
        ERROR,
        "The id of a post in the feeds never changes (RFC 4287, 4.2.6) and is no other post's; readers would be shown the post again, or never.",
    ),
    "altered-excerpt": Rule(
        ERROR, "A published excerpt changes only with a correction that says so; typography does not count."
    ),
    "altered-remark": Rule(
        WARNING,
        "A published remark changes only with a correction, or a date under `updated`; typography and links do not count.",
    ),
    "lost-correction": Rule(
        ERROR, "A published correction stays on its post, under its date, by which the feed of corrections knows it."
    ),
    "altered-correction": Rule(
        WARNING,
        "A published correction says what it said; another error is another correction. A misprint in it may be mended.",
    ),
    "heavy-image": Rule(
        WARNING, "A picture has more than 300 kB, which readers on the road would load for many seconds; scale it down."
    ),
    "camera-data": Rule(
        ERROR,
        "A picture that is copied as it is, an AVIF, a GIF or one that moves, tells what a camera or program wrote into it "
        "(EXIF, XMP), such as the place; save it without that, or as JPEG, PNG or WebP, which are published without it.",
    ),
    "missing-image": Rule(
        ERROR,
        "An image in a remark or a page is a file of the site; it lies in content/images and is named /images/FILE.",
    ),
    "no-catalogue": Rule(
        WARNING,
        "The theme has no words of the interface in the site's language, so they stay English among other words.",
    ),
    "unanswered-link": Rule(
        WARNING,
        "A link of a remark or a page leads to no page of this site, as it is planned; the site will not be published so.",
    ),
    "dead-link": Rule(
        ERROR,
        "A link within the site leads to no page of it, or to no place of that name on the page; found in the built site.",
    ),
    "broken-output": Rule(
        ERROR,
        "A built file is not as it must be: a feed that does not parse, a page without its policy, a post that must stay hidden.",
    ),
    "template": Rule(ERROR, "A template cannot be read, or uses a name that it is not given."),
    # Editorial rules: explained by the docstrings of commentary.checks
    "held": Rule(NOTE),
    "source-newer-than-post": Rule(WARNING),
    "two-dates": Rule(WARNING),
    "no-remark": Rule(WARNING),
    "no-excerpt": Rule(WARNING),
    "excerpt-outweighs-remark": Rule(NOTE),
    "source-already-quoted": Rule(WARNING),
    "foreign-host": Rule(WARNING),
    "correction-before-post": Rule(ERROR),
    "unbalanced-quotes": Rule(WARNING),
    "image-without-words": Rule(ERROR),
    "unconfirmed-guess": Rule(WARNING),
    "link-without-address": Rule(WARNING),
    "footnote": Rule(WARNING),
    "unchecked": Rule(WARNING),
    "altered": Rule(ERROR),
    "missing": Rule(ERROR),
    "caution": Rule(WARNING),
    "quoted-share": Rule(WARNING),
}
