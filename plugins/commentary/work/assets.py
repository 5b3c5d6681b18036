"""The files of a site that are not posts: the theme's assets, images, extra files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commentary.plan import Kind, Origin, Page
from commentary.plan.inputs import FileInputs, TextInputs
from commentary.publishing.manifest import content_hash
from commentary.rendering import Assets
from commentary.structured.web_manifest import web_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from commentary.settings import Settings

# Of the theme, as they are: the mark in several sizes, what others show beside a link to us, the look of feeds.
HASHED = ("favicon.svg", "favicon.png", "touch-icon.png", "icon.png", "card.png", "feed.css")

_IMPORT = re.compile(r'(?<= from "\./)([\w-]+)\.js(?=")')
_LAYERS = re.compile(r"@layer\s+([\w\s,-]+);")


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """Pages that come from disk as they are, and where the theme's lie."""

    pages: tuple[Page, ...]
    assets: Assets


def site_files(settings: Settings) -> SiteFiles:
    """The joined style sheet and other theme assets under hashed names; images and extra files under their own."""
    css = join_stylesheet(settings.theme / "static/css")
    digest = content_hash(css.encode())[:10]
    pages = [Page(f"theme/site.{digest}.css", Kind.STYLESHEET, TextInputs(css))]
    hashed = {name: _hashed(settings.theme / "static" / name) for name in HASHED}
    links = {name: f"{settings.site.root}/{page.path}" for name, page in hashed.items()}
    scripts = join_modules(settings.theme / "static/js")
    pages += [Page(f"theme/{file}", Kind.FILE, TextInputs(text)) for file, text in scripts.values()]
    manifest = web_manifest(settings.site, icon=links["favicon.svg"], large_icon=links["icon.png"])
    pages += [*hashed.values(), Page("site.webmanifest", Kind.TEXT, TextInputs(manifest))]
    assets = Assets(
        css=f"{settings.site.root}/{pages[0].path}",
        favicon=links["favicon.svg"],
        scripts={name: f"{settings.site.root}/theme/{file}" for name, (file, _) in scripts.items()},
        feed_css=links["feed.css"],
        icon=links["favicon.png"],
        touch_icon=links["touch-icon.png"],
        manifest=f"{settings.site.root}/site.webmanifest",
        card=links["card.png"],
    )
    pages += _copies(settings, "images", "images/")
    pages += _copies(settings, "extra", "")
    return SiteFiles(tuple(pages), assets)


def _hashed(path: Path) -> Page:
    digest = content_hash(path.read_bytes())
    return Page(f"theme/{path.stem}.{digest[:10]}{path.suffix}", Kind.FILE, FileInputs(str(path), digest))


def join_stylesheet(folder: Path) -> str:
    """All style sheets of a folder as one: `layers.css`, then a file a layer in the order that it names."""
    first = (folder / "layers.css").read_text("utf-8")
    match = _LAYERS.search(first)
    names = [name.strip() for name in match[1].split(",")] if match else []
    return "\n".join([first, *((folder / f"{name}.css").read_text("utf-8") for name in names)])


def join_modules(folder: Path) -> dict[str, tuple[str, str]]:
    """The scripts of a folder: name -> file name with a hash, and text that imports the others by theirs."""
    modules: dict[str, tuple[str, str]] = {}

    def module(name: str) -> str:
        if name not in modules:
            text = _IMPORT.sub(lambda found: module(found[1]), (folder / f"{name}.js").read_text("utf-8"))
            modules[name] = (f"{name}.{content_hash(text.encode())[:10]}.js", text)
        return modules[name][0]

    for path in sorted(folder.glob("*.js")):
        module(path.stem)
    return modules


def _copies(settings: Settings, folder: str, prefix: str) -> Iterator[Page]:
    base = settings.content / folder
    for path in sorted(base.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            name = prefix + path.relative_to(base).as_posix()
            origin = Origin(path.relative_to(settings.root).as_posix(), 1)
            yield Page(name, Kind.FILE, FileInputs(str(path), content_hash(path.read_bytes())), origin)
