"""Links within the site, before it is built: each must lead to something that is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

from commentary.checks.places import lines_with
from commentary.findings import Finding, found
from commentary.urls import inward

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from commentary.corpus import Corpus
    from commentary.plan import Page


def answering(address: str) -> tuple[str, str, str]:
    """The files that a web server may answer an address of the site with."""
    path = address.removeprefix("/")
    return path, f"{path}index.html", f"{path}/index.html"


def links_lead_somewhere(corpus: Corpus, plan: Iterable[Page], root: Path) -> Iterator[Finding]:
    """A warning for every link of a remark or page that nothing answers; publishing will not have it."""
    linking = [post for post in corpus.posts if post.inward]
    pages = [(document, links) for document in corpus.documents if (links := inward(document.html))]
    paths = {page.path for page in plan} if linking or pages else set()

    def dead(links: Iterable[str], base: str) -> Iterator[str]:
        for link in links:
            address = unquote(urljoin(base, link).partition("#")[0].partition("?")[0])
            if paths.isdisjoint(answering(address)):
                yield link

    for post in linking:
        for link in dead(post.inward, post.permalink):
            start = next((remark.line for remark in post.remarks if link in inward(remark.html)), 1)
            yield _dead(post.path, start, link, root)
    for document, links in pages:
        for link in dead(links, f"/{document.slug}/"):
            yield _dead(document.path, 1, link, root)


def _dead(path: str, start: int, link: str, root: Path) -> Finding:
    message = f"{link} leads to no page of this site, and it will not be published so; correct the link"
    line = next(lines_with(link, path=path, start=start, root=root))
    return found(path, line, "unanswered-link", message)
