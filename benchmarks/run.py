"""
Times every tool at the work that authors do: `python -m benchmarks.run 1000 --pairs 5`.

All tools take turns (A B C A B C …), and a ratio is taken turn by turn, so that a machine that changes its speed
changes no ratio. Time and memory are what the system accounts to the finished process and to its children.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.census import census, files
from benchmarks.contenders import contenders
from benchmarks.corpus import Corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from benchmarks.contenders import Contender

YARDSTICK = "Hugo"
SIZES = (100, 1_000, 10_000)


@dataclass(frozen=True, slots=True)
class Timing:
    """One build."""

    wall: float  # seconds
    cpu: float  # seconds of all its processes
    peak: float  # MiB of its largest process


QUANTITIES: Mapping[str, tuple[Callable[[Timing], float], str]] = {
    "Wall seconds": (lambda timing: timing.wall, ".2f"),
    "CPU seconds": (lambda timing: timing.cpu, ".2f"),
    "Peak memory, MiB": (lambda timing: timing.peak, ".0f"),
}


def _nothing(contender: Contender, corpus: Corpus, turn: int) -> None:
    del contender, corpus, turn


# What authors do -> how it is done before the clock starts; `turn` counts from 1.
WORK: Mapping[str, Callable[[Contender, Corpus, int], None]] = {
    "cold": lambda contender, _corpus, _turn: contender.forget(),
    "one new post": lambda contender, corpus, turn: contender.put(corpus.item(corpus.size + turn - 1)),
    "one edited post": lambda contender, corpus, turn: contender.put(corpus.item(corpus.size // 2).edited(turn)),
    "one template changed": lambda contender, _corpus, turn: contender.change_template(turn),
    "nothing changed": _nothing,
}


def build(contender: Contender) -> Timing:
    """Run the tool once. SystemExit with its words if it fails."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(contender.command, cwd=contender.folder, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{contender.name} exits {process.returncode}:\n{said.read().decode(errors='replace')[-2000:]}")
    return Timing(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure(size: int, turns: int, chosen: Sequence[str], works: Sequence[str]) -> str:
    """The tables of one size, in Markdown."""
    corpus = Corpus(size)
    timings: dict[tuple[str, str], list[Timing]] = {}
    with tempfile.TemporaryDirectory(prefix="commentary-bench-") as folder:
        tools = [c for c in contenders(Path(folder)) if not chosen or c.name == YARDSTICK or c.name in chosen]
        for tool in tools:
            tool.write(corpus)
        for work in works:
            for turn in range(1, turns + 1):
                for tool in tools:
                    WORK[work](tool, corpus, turn)
                    timings.setdefault((work, tool.name), []).append(build(tool))
                    print(f"{size} {work} {turn}/{turns} {tool.name}: {timings[work, tool.name][-1]}", file=sys.stderr)
        later = turns if "one new post" in works else 0
        built = [corpus.item(n) for n in range(size + later)]
        notes = [f"- {t.name}: {fault}." for t in tools for fault in census(t.folder / t.output, built)]
        counts = {t.name: files(t.folder / t.output) for t in tools}
    names = [tool.name for tool in tools]
    return "\n".join(
        [
            f"### {size:,} posts, {turns} turns",
            "",
            "Files: " + ", ".join(f"{name} {count:,}" for name, count in counts.items()) + ".",
            "",
            *(line for quantity in QUANTITIES for line in _table(quantity, names, works, timings)),
            *(["Not the same outputs:", "", *notes, ""] if notes else []),
        ]
    )


def _table(
    quantity: str, names: Sequence[str], works: Sequence[str], timings: Mapping[tuple[str, str], Sequence[Timing]]
) -> Iterator[str]:
    """Medians, each with the median of its ratios to the yardstick."""
    value, form = QUANTITIES[quantity]
    yield f"| {quantity} | {' | '.join(names)} |"
    yield f"| --- |{' ---: |' * len(names)}"
    for work in works:
        cells = []
        for name in names:
            mine, its = timings[work, name], timings[work, YARDSTICK]
            ratio = median(value(a) / value(b) for a, b in zip(mine, its, strict=True))
            shown = f"{median(map(value, mine)):{form}}"
            cells.append(shown if name == YARDSTICK else f"{shown} ({ratio:.2f})")
        yield f"| {work} | {' | '.join(cells)} |"
    yield ""


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description="Time builds beside other tools.")
    parser.add_argument(
        "sizes", nargs="*", type=int, default=SIZES, metavar="N", help="posts, by default 100 1000 10000"
    )
    parser.add_argument("--turns", type=int, help="of each tool; by default 5, from 10,000 posts on 3")
    parser.add_argument(
        "--only", action="append", default=[], metavar="TOOL", help="this tool beside Hugo; may be repeated"
    )
    parser.add_argument("--work", action="append", choices=WORK, help="this alone, after a cold build; may be repeated")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        versions = "; ".join(tool.version for tool in contenders(Path(folder)))
    cores = len(os.sched_getaffinity(0))
    print(f"{versions}; {cores} cores, {platform.system()} {platform.machine()}.\n")
    works = [work for work in WORK if work == "cold" or not arguments.work or work in arguments.work]
    for size in arguments.sizes:
        print(measure(size, arguments.turns or (3 if size >= 10_000 else 5), arguments.only, works), flush=True)


if __name__ == "__main__":
    main()
