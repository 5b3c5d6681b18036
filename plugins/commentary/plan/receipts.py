"""The plan's receipts: one beside each post that quotes, and the schema of them all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from commentary.plan.inputs import ReceiptInputs, TextInputs
from commentary.plan.page import InPost, Kind, Page
from commentary.structured.receipt import SCHEMA_PATH, schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.corpus import Corpus
    from commentary.settings import Site


def receipts(corpus: Corpus, site: Site) -> Iterator[Page]:
    """A receipt for each post with an excerpt, and their JSON Schema."""
    yield Page(SCHEMA_PATH, Kind.TEXT, TextInputs(schema(site)))
    for post in corpus.posts:
        if post.quotes:
            path = f"{post.permalink.removeprefix('/')}receipt.json"
            yield Page(path, Kind.RECEIPT, partial(ReceiptInputs, post), InPost(post, ("slug", "date")), post.digest)
