"""
Times every tool at the work that authors do: `python -m benchmarks.run 1000 --turns 5`.

All tools take turns (A B C A B C …), and a ratio is taken turn by turn, so that a machine that changes its speed
changes no ratio.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.census import census, files
from benchmarks.contenders import KINDS, contenders
from benchmarks.corpus import Corpus
from benchmarks.tables import YARDSTICK, Results, growth
from benchmarks.timing import timed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from benchmarks.contenders import Contender

SIZES = (100, 1_000, 10_000)
PATIENCE = 50  # seconds


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
# Short names, as one types them: "comparable" of "Commentary, comparable".
TOOLS = {kind.name.rpartition(" ")[2].lower(): kind.name for kind in KINDS}


def measure(size: int, turns: int, chosen: Collection[str], works: Sequence[str], patience: float) -> Results:
    """Everything at one size. A tool whose build takes more CPU seconds than `patience` has one turn at that work."""
    corpus = Corpus(size)
    with tempfile.TemporaryDirectory(prefix="commentary-bench-") as folder:
        tools = [tool for tool in contenders(Path(folder)) if tool.name in {YARDSTICK, *chosen}]
        results = Results(size, turns, [tool.name for tool in tools], works)
        put: dict[str, set[int]] = {tool.name: set(range(size)) for tool in tools}
        for tool in tools:
            tool.write(corpus)
        for work in works:
            for turn in range(1, turns + 1):
                for tool in tools:
                    before = results.timings.setdefault((work, tool.name), [])
                    if before and before[0].cpu > patience:
                        continue
                    WORK[work](tool, corpus, turn)
                    if work == "one new post":
                        put[tool.name].add(size + turn - 1)
                    before.append(timed(tool.command, tool.folder))
                    print(f"{size} {work} {turn}/{turns} {tool.name}: {before[-1]}", file=sys.stderr)
                if work == "nothing changed":
                    results.floor = [*results.floor, timed([sys.executable, "-c", "import pelican"], Path(folder))]
        results.faults = [
            f"{tool.name}: {fault}"
            for tool in tools
            for fault in census(tool.folder / tool.output, [corpus.item(n) for n in sorted(put[tool.name])])
        ]
        results.files = {tool.name: files(tool.folder / tool.output) for tool in tools}
    return results


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description="Time builds beside other tools.")
    parser.add_argument(
        "sizes", nargs="*", type=int, default=SIZES, metavar="N", help="posts, by default 100 1000 10000"
    )
    parser.add_argument("--turns", type=int, help="of each tool; by default 5, from 10,000 posts on 3")
    parser.add_argument("--only", action="append", choices=TOOLS, help="this tool beside Hugo; may be repeated")
    parser.add_argument("--work", action="append", choices=WORK, help="this alone, after a cold build; may be repeated")
    parser.add_argument(
        "--patience",
        type=float,
        default=PATIENCE,
        metavar="SECONDS",
        help=f"of CPU; a tool that takes longer has one turn at that work; by default {PATIENCE}",
    )
    arguments = parser.parse_args()
    chosen = {TOOLS[name] for name in arguments.only or TOOLS}
    with tempfile.TemporaryDirectory() as folder:
        versions = "; ".join(
            dict.fromkeys(t.version for t in contenders(Path(folder)) if t.name in {YARDSTICK, *chosen})
        )
    cores = len(os.sched_getaffinity(0))
    print(f"{versions}; {cores} cores, {platform.system()} {platform.machine()}.\n")
    works = [work for work in WORK if work == "cold" or not arguments.work or work in arguments.work]
    measured = []
    for size in arguments.sizes:
        turns = arguments.turns or (3 if size >= 10_000 else 5)
        measured.append(measure(size, turns, chosen, works, arguments.patience))
        print(measured[-1].markdown(), flush=True)
    print("\n".join(growth(measured)))


if __name__ == "__main__":
    main()
