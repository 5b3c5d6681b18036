"""How long verifying takes: 1,000 excerpts, each against a source of its own of 20 kB, folding included."""

from __future__ import annotations

import random
import time

from commentary.model import Paragraph, Run
from commentary.quotation.fragment import fragment
from commentary.quotation.match import verify
from commentary.quotation.page_text import PageText

EXCERPTS = 1_000
SOURCE_LENGTH = 20_000  # characters
LETTERS = "etaoinshrdlucmfwyp"
ENDS = ("",) * 50 + (",",) * 5 + (".",) * 5 + ("’s", "”", " —", "…")


def page(chance: random.Random) -> PageText:
    """A page of made-up paragraphs with typographic punctuation."""
    words = ["".join(chance.choices(LETTERS, k=chance.randint(2, 9))) for _ in range(900)]
    blocks: list[str] = []
    while sum(map(len, blocks)) < SOURCE_LENGTH:
        blocks.append(" ".join(chance.choice(words) + chance.choice(ENDS) for _ in range(60)))
    return PageText(tuple(blocks))


def excerpt(source: PageText, chance: random.Random) -> tuple[Paragraph, ...]:
    """Sixty words of it with an elision in the middle."""
    words = source.text.split(" ")
    start = chance.randrange(len(words) - 120)
    runs = (
        Run(kind="quoted", text=" ".join(words[start : start + 30]) + " "),
        Run(kind="elision", text="[…]"),
        Run(kind="quoted", text=" " + " ".join(words[start + 50 : start + 80])),
    )
    return (Paragraph(runs=runs),)


def altered(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The same with one word more."""
    return (Paragraph(runs=(*paragraphs[0].runs, Run(kind="quoted", text=" indeed"))),)


def main() -> None:
    """Print the times."""
    chance = random.Random(1)
    pages = [page(chance) for _ in range(EXCERPTS)]
    right = [(excerpt(source, chance), source) for source in pages]
    start = time.perf_counter()
    found = [verify(paragraphs, source) for paragraphs, source in right]
    print(f"{EXCERPTS} right excerpts verified in {time.perf_counter() - start:.2f} s")
    assert all(one.verdict.stands for one in found)

    start = time.perf_counter()
    for one, source in zip(found, pages, strict=True):
        assert fragment(source, one.passages)
    print(f"{EXCERPTS} text fragments in {time.perf_counter() - start:.2f} s")

    wrong = [(altered(paragraphs), PageText(source.blocks)) for paragraphs, source in right]
    start = time.perf_counter()
    found = [verify(paragraphs, source) for paragraphs, source in wrong]
    print(f"{EXCERPTS} altered excerpts, each with its nearest passage, in {time.perf_counter() - start:.2f} s")
    assert all(one.verdict == "altered" for one in found)


if __name__ == "__main__":
    main()
