"""The plan's data: the quotations of each year, for programs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from commentary.plan.fingerprints import digest_of
from commentary.plan.inputs import DataInputs
from commentary.plan.page import Kind, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.corpus import Corpus
    from commentary.model import Post


def data(corpus: Corpus) -> Iterator[Page]:
    """`/data/quotations-YYYY.json` and `.csv` for every year that has posts."""
    years: defaultdict[int, list[Post]] = defaultdict(list)
    for month, posts in reversed(corpus.by_month.items()):
        years[month.year] += reversed(posts)
    for year, posts in years.items():
        inputs = DataInputs(year, tuple(posts))
        digest = digest_of(" ".join([post.digest for post in posts]))
        yield Page(f"data/quotations-{year}.json", Kind.QUOTATIONS_JSON, inputs, digest=digest)
        yield Page(f"data/quotations-{year}.csv", Kind.QUOTATIONS_CSV, inputs, digest=digest)
