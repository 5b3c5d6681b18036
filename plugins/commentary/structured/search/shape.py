"""
Which files an index of so many posts is made of: a pure function of their number.

Posts are numbered from the oldest. The files of a level share out its terms by hash; each is
brought up to date every `period` posts, one after the other, and the level below holds what came
since. So a query reads one file a level for each of its terms, and one more post rewrites at most two files
of each level. Files grow in number one at a time (Litwin's linear hashing), which rewrites two more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

GROUPS = 1024  # of terms, by hash: as many as the most files that a level may have
CHUNK = 2  # posts whose text shares a file


@dataclass(frozen=True, slots=True)
class Level:
    """`period`: after how many posts each file is made anew. `share`: posts to a file, until there are `most`."""

    period: int
    share: int
    most: int
    offset: int = 0  # so that no two levels grow on the same post

    def files(self, count: int) -> int:
        """How many files the level has at `count` posts."""
        return min(self.most, (count + self.offset) // self.share)


LEVELS = (Level(1, 1, 1), Level(24, 16, 64), Level(512, 10, GROUPS, offset=5))


def coverage(level: int, number: int, count: int) -> range:
    """The posts that a level's file covers at `count` posts; empty: there is no such file yet."""
    period = LEVELS[level].period
    end = count - (count - number) % period if level else count
    if end < period:
        return range(0)
    if level + 1 == len(LEVELS):
        return range(end)
    above = LEVELS[level + 1].period  # from twice its period on, its files are at most a period behind
    return range(0 if end < 2 * above else end - above, end)


@cache
def hash_of(key: str) -> int:
    """FNV-1a over code points, with its high bits mixed into the low ones."""
    value = 0x811C9DC5
    for char in key:
        value = ((value ^ ord(char)) * 0x01000193) & 0xFFFFFFFF
    return value ^ value >> 15


def groups_of(number: int, files: int) -> range:
    """The groups of terms that the file of a number holds, of so many files."""
    size = 1 << (files - 1).bit_length()
    split = number >= size // 2 or number + size // 2 < files  # it shares its groups with another file by now
    return range(number, GROUPS, size if split or size == 1 else size // 2)
