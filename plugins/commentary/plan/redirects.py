"""The plan's redirects: old addresses that belong to no post, and all of them as web servers read them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from commentary.findings import Finding, found
from commentary.plan.inputs import FeedInputs, RedirectInputs, TextInputs
from commentary.plan.page import Kind, Origin, Page, index_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from commentary.reading.redirects import Redirect
    from commentary.settings import Site

_PAGES_HEAD = """\
# Old addresses, for Netlify and Cloudflare Pages. A page with a link stands at each of them for other hosts.
"""
_QUERIES_HEAD = "# With a query: Netlify alone reads these.\n"
_NGINX_HEAD = """\
# Old addresses, for nginx:
#     map $request_uri $moved { include /path/to/redirects.map; }
#     server { if ($moved) { return 301 $moved; } ... }
"""


def redirect_pages(pages: Sequence[Page], redirects: Iterable[Redirect], site: Site) -> Iterator[Page]:
    """A page for each of `redirects` that leads to one of `pages`; `_redirects` and `redirects.map` of all of them.

    Chains are collapsed, so that every redirect leads straight to a living page. Where the living page is a feed,
    the old address gets a copy of it: readers of feeds follow no HTML.
    """
    table = _Table(pages, redirects, site)
    moved = [page for page in pages if page.kind is Kind.REDIRECT]
    queries: list[tuple[Redirect, str]] = []
    for redirect in table.redirects.values():
        target = table.target(redirect)
        if target is None:
            continue
        origin = Origin(redirect.file, redirect.line)
        href = site.root + target.address
        if redirect.query:
            queries.append((redirect, href))
            continue
        moved.append(Page(index_path(redirect.path), Kind.REDIRECT, RedirectInputs(href), origin))
        copied = isinstance(target.inputs, FeedInputs)
        yield target._replace(path=moved[-1].path, origin=origin) if copied else moved[-1]
    lines = [(site.root + page.address, _target(page)) for page in sorted(moved, key=lambda page: page.path)]
    if lines or queries:
        yield Page("_redirects", Kind.FILE, TextInputs(_for_hosts(lines, queries, site)))
        yield Page("redirects.map", Kind.FILE, TextInputs(_for_nginx(lines, queries, site)))


def astray(pages: Sequence[Page], redirects: Iterable[Redirect], site: Site) -> Iterator[Finding]:
    """A finding for every redirect that leads to no page."""
    table = _Table(pages, redirects, site)
    for redirect in table.redirects.values():
        if table.target(redirect) is None:
            message = f"{redirect.address} leads to {redirect.target}, which is no address of the site; correct the one on the right"
            yield found(redirect.file, redirect.line, "redirect", message)


class _Table:
    """What stands where: living pages, aliases of posts, redirects."""

    def __init__(self, pages: Iterable[Page], redirects: Iterable[Redirect], site: Site) -> None:
        self.redirects = {redirect.address: redirect for redirect in redirects}
        self._pages = {page.address: page for page in pages} if self.redirects else {}
        self._root = site.root

    def target(self, redirect: Redirect) -> Page | None:
        """The living page at the end of the way; None if there is none, or the way goes in a circle."""
        address, passed = redirect.target, {redirect.address}
        while address not in passed:
            passed.add(address)
            page = self._pages.get(address)
            if page and page.kind is not Kind.REDIRECT:
                return page
            if page:
                address = _target(page).removeprefix(self._root)
            elif address in self.redirects:
                address = self.redirects[address].target
        return None


def _target(page: Page) -> str:
    assert isinstance(page.inputs, RedirectInputs)  # asked of redirects only
    return page.inputs.target


def _for_hosts(lines: Iterable[tuple[str, str]], queries: Sequence[tuple[Redirect, str]], site: Site) -> str:
    text = _PAGES_HEAD + "".join(f"{_encoded(old)} {_encoded(new)} 301\n" for old, new in lines)
    if queries:
        text += _QUERIES_HEAD
    for redirect, new in queries:
        pairs = " ".join(quote(pair, safe="=%+") for pair in redirect.query.split("&"))
        text += (
            f"{_encoded(site.root + redirect.path)} {pairs} {_encoded(new)} 301!\n"  # there is a page without the query
        )
    return text


def _for_nginx(lines: Iterable[tuple[str, str]], queries: Iterable[tuple[Redirect, str]], site: Site) -> str:
    whole = [(_encoded(old), new) for old, new in lines]
    whole += [(f"{_encoded(site.root + r.path)}?{quote(r.query, safe='=&%+')}", new) for r, new in queries]
    return _NGINX_HEAD + "".join(f'"{old}" "{_encoded(new)}";\n' for old, new in whole)


def _encoded(address: str) -> str:
    """An address as browsers ask for it; so is what means something to one host or another: `*`, `:`, `$`."""
    return quote(address, safe="/~@!,()")
