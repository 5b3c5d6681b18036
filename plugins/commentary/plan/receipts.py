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
    from commentary.model import Post
    from commentary.published import Register
    from commentary.settings import Site


def receipts(corpus: Corpus, site: Site, register: Register) -> Iterator[Page]:
    """A receipt for each post with an excerpt, and their JSON Schema.

    Where a post has moved its old address has a copy: programs that read it follow no HTML.
    """
    yield Page(SCHEMA_PATH, Kind.TEXT, TextInputs(schema(site)))
    for post in corpus.posts:
        if not post.quotes:
            continue
        yield _receipt(post, post.permalink, ("slug", "date"))
        for alias in post.aliases:
            if alias in register.rows and register.rows[alias].kind == "post":
                yield _receipt(post, alias, ("aliases",))


def _receipt(post: Post, address: str, keys: tuple[str, ...]) -> Page:
    path = f"{address.removeprefix('/')}receipt.json"
    return Page(path, Kind.RECEIPT, partial(ReceiptInputs, post), InPost(post, keys), post.digest)
