"""Timings as tables in Markdown: medians, each with the median of its ratios to the yardstick."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.timing import Timing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

YARDSTICK = "Hugo"
ONCE = "¹"
QUANTITIES: Mapping[str, tuple[Callable[[Timing], float], str]] = {
    "Wall seconds": (lambda timing: timing.wall, ".2f"),
    "CPU seconds": (lambda timing: timing.cpu, ".2f"),
    "Peak memory, MiB": (lambda timing: timing.peak, ".0f"),
}


@dataclass(slots=True)
class Results:
    """What was measured at one size."""

    size: int
    turns: int
    names: Sequence[str]  # of tools, the yardstick's among them
    works: Sequence[str]
    timings: dict[tuple[str, str], list[Timing]] = field(default_factory=dict)  # (work, tool) -> turn by turn
    files: Mapping[str, int] = field(default_factory=dict)  # tool -> files of its site
    faults: Sequence[str] = ()  # what a site lacks
    floor: Sequence[Timing] = ()  # of `import pelican` alone

    def median_of(self, quantity: Callable[[Timing], float], work: str, name: str) -> float:
        """The median of a tool's turns."""
        return median(map(quantity, self.timings[work, name]))

    def ratio(self, quantity: Callable[[Timing], float], work: str, name: str, other: str = YARDSTICK) -> float:
        """The median of a tool's ratios to another, turn by turn, as far as both took turns."""
        pairs = zip(self.timings[work, name], self.timings[work, other], strict=False)
        return median(quantity(mine) / quantity(its) for mine, its in pairs)

    def markdown(self) -> str:
        """The tables with their notes."""
        lines = [
            f"### {self.size:,} posts, {self.turns} turns",
            "",
            "Files: " + ", ".join(f"{name} {count:,}" for name, count in self.files.items()) + ".",
            "",
            *(line for quantity in QUANTITIES for line in self._table(quantity)),
        ]
        if any(len(turns) < self.turns for turns in self.timings.values()):
            lines += [f"{ONCE} One turn: the first took too long for another.", ""]
        if notes := [*self._notes()]:
            lines += [*notes, ""]
        if self.faults:
            lines += ["Not the same outputs:", "", *(f"- {fault}." for fault in self.faults), ""]
        return "\n".join(lines)

    def _table(self, quantity: str) -> Iterator[str]:
        value, form = QUANTITIES[quantity]
        yield f"| {quantity} | {' | '.join(self.names)} |"
        yield f"| --- |{' ---: |' * len(self.names)}"
        for work in self.works:
            cells = []
            for name in self.names:
                shown = f"{self.median_of(value, work, name):{form}}"
                shown += f" ({self.ratio(value, work, name):.2f})" if name != YARDSTICK else ""
                cells.append(shown + (ONCE if len(self.timings[work, name]) < self.turns else ""))
            yield f"| {work} | {' | '.join(cells)} |"
        yield ""

    def _notes(self) -> Iterator[str]:
        """The ratios that no table shows."""
        ours = [name for name in self.names if name.startswith("Commentary")]
        if "Pelican" in self.names:
            for name in ours:
                wall, cpu = (self.ratio(QUANTITIES[q][0], "cold", name, "Pelican") for q in _BOTH)
                yield f"- {name}, cold: {wall:.2f} of Pelican's wall seconds, {cpu:.2f} of its CPU seconds."
        if self.floor:
            least = median(timing.wall for timing in self.floor)
            said = f"- `import pelican` alone: {least:.2f} wall seconds"
            for name in ours:
                pairs = zip(self.timings["nothing changed", name], self.floor, strict=False)
                said += f"; nothing changed, {name}: {median(a.wall / b.wall for a, b in pairs):.2f} times that"
            yield f"{said}."


_BOTH = ("Wall seconds", "CPU seconds")


def growth(results: Sequence[Results]) -> Iterator[str]:
    """How a cold build grows from one size to the next, as a table."""
    pairs = list(pairwise(results))
    if not pairs:
        return
    names = list(dict.fromkeys(name for result in results for name in result.names))
    yield f"| Cold, wall (CPU) | {' | '.join(names)} |"
    yield f"| --- |{' ---: |' * len(names)}"
    for less, more in pairs:
        cells = []
        for name in names:
            both = ("cold", name) in less.timings and ("cold", name) in more.timings
            wall, cpu = (
                more.median_of(QUANTITIES[q][0], "cold", name) / less.median_of(QUANTITIES[q][0], "cold", name)
                if both
                else 0
                for q in _BOTH
            )
            cells.append(f"{wall:.2f} ({cpu:.2f})" if both else "")
        yield f"| at {more.size:,} / at {less.size:,} | {' | '.join(cells)} |"
    yield ""
