"""A project whose post quotes a page of a real server on this machine."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.factories import write_project
from tests.fetching.local_server import LocalServer, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTINGS = "COMMENTARY_ALLOW_LOOPBACK = True\nCOMMENTARY_ARCHIVE = False\n"
PATH = "content/posts/2025-04-30-tariff-pause.md"
SENTENCE = "“We will pause the tariffs for ninety days, and then we shall see,” the minister said."
STORY = f"""<!DOCTYPE html>
<html lang="en"><head><title>Ministry pauses tariffs for ninety days | The Herald</title>
<meta property="og:site_name" content="The Herald"><meta name="author" content="Kim Minji">
<meta property="article:published_time" content="2025-04-29T08:00:00+09:00"></head>
<body><h1>Ministry pauses tariffs for ninety days</h1><p>{"Importers had asked for such a step since March. " * 12}</p>
<p>{SENTENCE}</p><p>Whoever plans for the summer should plan for the tariffs to return in August, the notice says.</p>
</body></html>
"""
POST = f"""\
---
title: The tariff pause is only a pause
date: 2025-04-30 09:00
topics: [trade]
source:
  publication: The Herald
  url: SERVER/a
---
The ministry calls it relief, but nothing in its notice binds it beyond the summer:

> {SENTENCE}

So importers should plan for the day after, because the notice itself already names that very date, and no other.
"""


@contextmanager
def quoted_page(folder: Path, post: str = POST, **answers: bytes) -> Iterator[LocalServer]:
    """A server whose page `/a` the one post of the project in `folder` quotes."""
    with LocalServer({"/a": page(STORY), **{f"/{name}": answer for name, answer in answers.items()}}) as server:
        settings = SETTINGS + f'COMMENTARY_WAYBACK = "{server.url}"\n'
        write_project(folder, {"2025-04-30-tariff-pause.md": post.replace("SERVER", server.url)}, settings=settings)
        (folder / "content/data/ledger/2025.json").unlink(missing_ok=True)
        yield server


def ledger_of(folder: Path) -> str:
    """All lines of the project's ledger."""
    return "".join(file.read_text("utf-8") for file in sorted((folder / "content/data/ledger").glob("*.json")))


def edit(folder: Path, old: str, new: str, path: str = PATH) -> str:
    """Change words of the post, and give its text."""
    file = folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return file.read_text("utf-8")
