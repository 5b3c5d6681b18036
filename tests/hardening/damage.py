"""Posts damaged at random, the same ones for the same seed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.factories import POST, REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable

# What turns up in texts that were pasted, merged, mistyped or meant to do harm.
SNIPPETS = (
    "\0", "\x07", "\x1b[31m", "\x85", "\u2028", "\ufeff", "\u202e", "\u200b", "\ud800", "\U0001f600", "é", "한글",
    "---\n", "---", ":", ": ", " #", "\t", "'", '"', "[", "]", "{", "}", "&a ", "*a", "!!python/object:os.system ", "|", ">-",
    "<<<<<<< HEAD\n", "=======\n", ">>>>>>> other\n", "%YAML 1.2\n", "...\n", "- ", "? ", "null", "~", "0", "-1", "1e309",
    "<script>alert(1)</script>", "<!--", "-->", "<![CDATA[", "</blockquote>", "<dialog>", "{{ 1/0 }}", "{% raw %}", "{% endif %}",
    "> ", "\n> \n", "> — ", "> -- x\n", "{: .caption }\n", "{: .original }\n", "[…]", "(....)", "![](", "[a]: b\n", "```\n", "~~~\n",
    "javascript:alert(1)", "//evil.example", "http://a@b.example/", "https://xn--/", "../../etc/passwd", "%2e%2e%2f", "\\", "\r", "\r\n",
    "2025-02-31", "0000-00-00", "9999-12-31T23:59:60+99:99", "date: \n", "title:\n", "slug: ../x\n", "status: gone\n", "aliases: [/]\n",
)  # fmt: skip


def damaged_posts(count: int, seed: int) -> dict[str, bytes]:
    """File name -> bytes of a post with one to six damages; whole posts are the factories' and the shipped ones."""
    chance = random.Random(seed)
    whole = [POST.encode(), *(p.read_bytes() for p in sorted((REPOSITORY / "content/posts").rglob("*.md")))]
    assert len(whole) > 5
    posts = {}
    for number in range(count):
        data = chance.choice(whole)
        for _ in range(chance.randint(1, 6)):
            data = chance.choice(DAMAGES)(data, chance)
        posts[f"2025-03-{number % 28 + 1:02}-damaged-{number}.md"] = data
    return posts


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in "12")
    return data[:start] + data[end:] if chance.random() < 0.5 else data[start:end]


def _put(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    snippet = chance.choice(SNIPPETS) * chance.choice((1, 1, 1, 2, 50))
    return data[:at] + snippet.encode("utf-8", "surrogatepass") + data[at:]


def _in_value(data: bytes, chance: random.Random) -> bytes:
    """Put a snippet after the colon of a key: what parsers of values are given."""
    lines = data.split(b"\n")
    keys = [n for n, line in enumerate(lines) if b": " in line]
    if keys:
        at = chance.choice(keys)
        key = lines[at].partition(b": ")[0]
        lines[at] = key + b": " + chance.choice(SNIPPETS).encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


def _lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(other, lines[at])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case _:
            lines[at] = b" " * chance.randrange(9) + lines[at].lstrip()
    return b"\n".join(lines)


def _encode(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "latin-1", "cp949", "utf-8-sig")), "replace")


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _cut, _put, _put, _put, _in_value, _in_value, _lines, _lines, _encode,
)  # fmt: skip
