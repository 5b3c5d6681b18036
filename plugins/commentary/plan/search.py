"""The plan's search: the page, and the files of the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commentary.plan.inputs import SearchDataInputs, SearchInputs
from commentary.plan.page import Kind, Page, index_path
from commentary.structured.search import SearchIndex
from commentary.views import Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from commentary.corpus import Corpus
    from commentary.settings import Settings


def search(corpus: Corpus, settings: Settings) -> Iterator[Page]:
    """`/search/` and its data."""
    site = settings.site

    def links(names: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
        """Names and addresses as links, by name."""
        by_name = sorted(names, key=lambda pair: (pair[0].casefold(), pair[1]))
        return tuple(Link(name, site.root + address) for name, address in by_name)

    inputs = SearchInputs(
        topics=links((t.name, f"/topics/{t.slug}/") for t in corpus.vocabulary.topics if t.slug in corpus.by_topic),
        publications=links(
            (p.name, f"/publications/{p.slug}/")
            for p in corpus.vocabulary.publications
            if p.name in corpus.by_publication and "publications" in site.outputs
        ),
        years=tuple(
            Link(str(year), f"{site.root}/{year}/")
            for year in dict.fromkeys(month.year for month in corpus.by_month)
            if "archive" in site.outputs
        ),
    )
    yield Page(index_path("/search/"), Kind.SEARCH, inputs)
    for file in SearchIndex(corpus.posts, site, corpus.vocabulary, cache=settings.cache / "search").files():
        yield Page(f"search/{file.name}", Kind.SEARCH_DATA, SearchDataInputs(file))
