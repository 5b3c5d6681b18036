"""The built site, read back before readers get it: what no check of the texts alone can promise."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

from lxml import html

from commentary.checks.links import answering
from commentary.findings import Finding, found
from commentary.plan import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from commentary.plan import Page
    from commentary.settings import Site

_LINKS = "//*[@href]/@href | //*[@src]/@src"
_POLICY = "string(/html/head/meta[@http-equiv='Content-Security-Policy']/@content)"
_XML = (".atom", ".rss", ".opml", ".xml", ".svg")
_JSON = (".json", ".webmanifest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A built folder and what it must hold."""

    folder: Path
    pages: Mapping[str, Page]  # path -> page: everything that was planned
    site: Site
    promised: Iterable[str]  # addresses that were published before
    hidden: Mapping[str, str]  # addresses of drafts and held posts -> their files
    files: frozenset[str] = field(init=False)  # what lies in the folder: their paths

    def __post_init__(self) -> None:
        found = set()
        for folder, _, names in os.walk(self.folder):
            below = Path(folder).relative_to(self.folder).as_posix()
            found |= {f"{below}/{name}".removeprefix("./") for name in names}
        object.__setattr__(self, "files", frozenset(found))

    def faults(self, paths: Iterable[str]) -> Iterator[Finding]:
        """A finding for everything that is wrong: with these files, with old addresses, with what must stay hidden."""
        for address in self.promised:
            if self._file(address) is None:
                yield self._fault("lost-address", "", f"{address} was published and answers no more; bring it back")
        made = {path.rpartition("/")[0] for path in self.files if not self._is_copied(path)}
        for address, file in self.hidden.items():
            if address.strip("/") in made:
                yield found(file, 1, "broken-output", f"{address} is built though it must not be; keep its page back")
        ids = cache(self._ids)
        for path in paths:
            if self._is_copied(path):
                continue
            if path.endswith(".html"):
                yield from self._page(path, ids)
            elif reason := self._unreadable(path):
                yield self._fault("broken-output", path, f"{path} cannot be read by any program: {reason}")

    def _page(self, path: str, ids: Callable[[str], frozenset[str]]) -> Iterator[Finding]:
        tree = self._tree(path)
        if tree is None or "default-src 'none'" not in str(tree.xpath(_POLICY)):
            yield self._fault("broken-output", path, f"{path} has no Content-Security-Policy; its template must set it")
        if tree is None:
            return
        here = self.site.url + self.pages[path].address
        for link in dict.fromkeys(map(str, tree.xpath(_LINKS))):
            whole = urljoin(here, link)
            address = whole.partition("#")[0].partition("?")[0].removeprefix(self.site.url)
            if not whole.startswith(f"{self.site.url}/") and address:
                continue
            file = self._file(unquote(address or "/"))
            anchor = unquote(urlsplit(whole).fragment)
            if file is None:
                yield self._fault("dead-link", path, f"{link} leads to no page of this site; correct the link")
            elif anchor and file.endswith(".html") and not anchor.startswith(":~:") and anchor not in ids(file):
                yield self._fault("dead-link", path, f"{link} leads to no place of that name; correct what follows #")

    def _ids(self, path: str) -> frozenset[str]:
        tree = self._tree(path)
        return frozenset(() if tree is None else map(str, tree.xpath("//@id")))

    def _tree(self, path: str) -> html.HtmlElement | None:
        """None: there is nothing in it."""
        return html.parse(self.folder / path).getroot()

    def _file(self, address: str) -> str | None:
        """The path of the file that a web server answers an address with."""
        return next((path for path in answering(address) if path in self.files), None)

    def _is_copied(self, path: str) -> bool:
        """Whether a file is its author's own, which stands as it was written."""
        return path in self.pages and self.pages[path].kind is Kind.FILE

    def _unreadable(self, path: str) -> str | None:
        data = (self.folder / path).read_bytes()
        try:
            if path.endswith(_XML):
                ElementTree.fromstring(data)  # noqa: S314 - our own output, and entities are what this parser refuses
            elif path.endswith(_JSON):
                json.loads(data)
        except (ElementTree.ParseError, ValueError) as cause:
            return str(cause)
        return None

    def _fault(self, rule: str, path: str, message: str) -> Finding:
        page = self.pages.get(path)
        origin = page.origin if page else None
        shown = message if origin is None or not path.endswith(".html") else f"{message} (in /{path})"
        return found(
            origin.path if origin else path or "content/data/register.json", origin.line if origin else 1, rule, shown
        )
