"""A site with every kind of page and everything that a post can hold: the shipped content, and a few posts more."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from commentary.plan import Kind
from commentary.settings import load_settings
from commentary.work.prepare import survey
from tests.factories import REPOSITORY, write_project
from tests.site.conftest import build

if TYPE_CHECKING:
    from pathlib import Path

KINDS = tuple(kind for kind in Kind if kind.template == f"{kind}.html")

TRANSLATED = """\
---
title: A translated notice, and a name that is as long as ThisNameWhichNobodyWouldEverBreakIntoPartsByThemselves
date: 2025-05-01 09:00
topics: [north-korea, japan]
aliases: [/2025/05/01/an-older-address/]
updated: 2025-05-02 10:00
corrections:
  - date: 2025-05-02 10:00
    note: The notice is of April.
    was: The notice is of May.
related:
  - https://related.example/report
sources:
  paper:
    publication: A Paper of Record
    agency: Yonhap
    url: https://paper.example/a-very-long-address/that-goes-on-and-on/and-on-and-on/without-any-place-to-break.html
    headline: 정부, 관세를 90일 유예하기로
    byline: [김 아무개, 이 아무개]
    published: ~2025-04
    lang: ko
    translation: author
    paywall: true
    via: {name: A friend, url: https://friend.example/}
    memento: https://archive.example/20250401000000/https://paper.example/
  book:
    publication: A Book
    headline: Of what is printed
---
The ministry calls it relief, but nothing in its notice binds it beyond the summer, and the summer is short this year.[^summer] So it was the last time, too.[^before]

> “We will pause the tariffs for ninety days,” the minister said. […]
>
> — paper

> “관세를 90일 동안 유예하겠다”고 장관은 말했다.
{: .original }

So importers should plan for the day after, because the notice itself already names that very date, as does this book:

> A pause is a pause.
>
> — book

## What is left

A list of what is left, with `code` in it, and a [link](/topics/):

1. One
2. Two

| A | table |
| --- | --- |
| of | cells |

[^summer]: Until the last day of August.
[^before]: A notice of *four* years ago; its pause was over in a week.

    Nobody remembers it.
"""

LONG_WORD = "AWordThatNobodyWouldEverBreakIntoPartsByThemselves" * 2

WIDE = f"""\
---
title: A post of an earlier year whose words are wide, such as {LONG_WORD}
date: 2024-12-30 09:00
topics: [japan]
story: north-korean-troops-in-russia
summary: It says {LONG_WORD}.
source:
  publication: {LONG_WORD}
  headline: {LONG_WORD}
  lang: de
  translation: author
---
A table, and a line of a program that is wider than a page, stand in this remark, which is one of ours from long ago:

| Year | Posts | Of them |
| --- | --- | --- |
| 2023 | 1,000 | 100 |

    a = "line of a program that is longer than any page is wide, and that says so at length, as it goes on and on and on, and on"

> It says {LONG_WORD}.

> Es sagt {LONG_WORD}.
{{: .original }}

Nobody breaks such words, and so the page has to do it, wherever they stand and however narrow the column of them is.
"""

WITHDRAWN = """\
---
title: A post that was taken back
date: 2025-05-02 09:00
topics: [japan]
source: unknown
status: withdrawn
reason: The report that it quoted was an invention.
---
This remark is longer than what it quotes, as a remark should be, even when it was taken back later:

> Nothing of it was true.
"""


class Whole(NamedTuple):
    """The site's folder, and addresses of each kind: its largest page, with the oldest of a numbered list and the post of most parts."""

    folder: Path
    addresses: dict[Kind, list[str]]


def build_whole(folder: Path) -> Whole:
    """Write and build the site in `folder`."""
    project = folder / "project"
    write_project(
        project,
        {"2024-12-30-wide.md": WIDE, "2025-05-01-translated.md": TRANSLATED, "2025-05-02-withdrawn.md": WITHDRAWN},
        settings="\nCOMMENTARY_STREAM_SIZE = 3\nCOMMENTARY_INDEX_SIZE = 2\nCOMMENTARY_EMAIL = 'editor@remarks.example'\n",
    )
    shutil.copytree(REPOSITORY / "content", project / "content", dirs_exist_ok=True)
    result = build(folder / "site", project=project)
    assert result.returncode == 0, result.stderr
    plan = survey(load_settings(project / "pelicanconf.py"), now=datetime.now(UTC)).plan
    addresses = {}
    for kind in KINDS:
        pages = sorted(
            (page for page in plan if page.kind is kind), key=lambda p: (folder / "site" / p.path).stat().st_size
        )
        assert pages, f"the site has no page of the kind {kind}"
        oldest = [page.address for page in pages if page.address.endswith("/page/1/")]
        addresses[kind] = list(dict.fromkeys([pages[-1].address, *oldest[:1]]))
    addresses[Kind.POST] += ["/2025/05/01/translated/", "/2024/12/30/wide/"]
    return Whole(folder / "site", addresses)
