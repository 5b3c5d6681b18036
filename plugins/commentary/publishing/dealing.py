"""The order in which pages are dealt out to processes: those that show the same posts go to one process, close together."""

from __future__ import annotations

import re
from itertools import chain, groupby
from typing import NamedTuple

from commentary.forks import portions
from commentary.plan import ORDER, Page

SLICES = 25  # in which a process goes through its stretch of time
_NUMBER = re.compile(r"\d+")


class Task(NamedTuple):
    """A page that has to be rendered."""

    number: int
    page: Page
    key: str


def dealt(tasks: list[Task], jobs: int) -> list[Task]:
    """The tasks in an order in which each process gets the pages of one stretch of time, slice by slice.

    A post is on its own page, in the stream and in several feeds: what a process made of it for one of them serves the
    others, if they come soon. Within a series the numbers in the paths give the order of time, but for the newest page
    of a list; each series is spread evenly over the slices.
    """
    jobs, chunk = portions(len(tasks), jobs)
    slices: list[list[Task]] = [[] for _ in range(SLICES * max(1, jobs))]
    by_time = sorted(tasks, key=lambda task: (*_series(task), _NUMBER.sub(_padded, task.page.path)))
    for _, group in groupby(by_time, key=_series):
        series = list(group)
        for at, task in enumerate(series):
            slices[at * len(slices) // len(series)].append(task)
    hands = [list(chain(*slices[start : start + SLICES])) for start in range(0, len(slices), SLICES)]
    rounds = range(0, max(map(len, hands)), chunk)
    return [task for start in rounds for hand in hands for task in hand[start : start + chunk]]


def _series(task: Task) -> tuple[int, str]:
    """The pages that it is numbered with: posts, archives of one feed, pages of one list. Those without a number are one series."""
    path = task.page.path
    number = _NUMBER.search(path)
    return ORDER[task.page.kind], path[: number.start()] if number else ""


def _padded(number: re.Match[str]) -> str:
    return number[0].zfill(9)
