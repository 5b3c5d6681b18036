"""The files of a site that are not posts: the theme's assets, images, extra files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commentary.errors import CorpusError
from commentary.findings import found
from commentary.images import COPIED, SUFFIXES, Picture, is_light, read_picture, tells_nothing
from commentary.plan import Kind, Origin, Page
from commentary.plan.inputs import FileInputs, ImageInputs, TextInputs
from commentary.publishing.manifest import content_hash
from commentary.rendering import Assets
from commentary.structured.web_manifest import web_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from commentary.findings import Finding
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
    pictures: Mapping[str, Picture]  # by address
    findings: tuple[Finding, ...]


def site_files(settings: Settings) -> SiteFiles:
    """The theme's files under hashed names; images and extra files under their own."""
    pages, assets = theme_files(settings)
    pages += (_copy(file, name, path) for file, name, path in _files(settings, "extra"))
    pictures: dict[str, Picture] = {}
    findings: list[Finding] = []
    kinds = SUFFIXES.keys() | COPIED
    for file, name, path in _files(settings, "images"):
        if file.suffix.lower() not in kinds:
            way = f"save it as one of {', '.join(sorted(kinds))}, or put it into content/extra"
            findings.append(found(path, 1, "unreadable", f"no picture by its name; {way}"))
            continue
        findings += is_light(path, file.stat().st_size)
        picture = read_picture(file, address=f"/images/{name}", path=path) if file.suffix.lower() in SUFFIXES else None
        if isinstance(picture, Picture):
            pictures[picture.address] = picture
            pages += _versions(picture, path, settings.cache)
        elif picture:
            findings.append(picture)
        else:
            findings += tells_nothing(file, path=path)
            pages.append(_copy(file, f"images/{name}", path))
    return SiteFiles(tuple(pages), assets, pictures, tuple(findings))


def theme_files(settings: Settings) -> tuple[list[Page], Assets]:
    """The joined style sheet and other files of the theme, and where they lie."""
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
    return pages, assets


def _versions(picture: Picture, path: str, cache: Path) -> Iterator[Page]:
    for width, address in ((None, picture.address), *picture.versions):
        inputs = ImageInputs(picture.file, picture.digest, width, str(cache))
        yield Page(address.removeprefix("/"), Kind.FILE, inputs, Origin(path, 1))


def _hashed(path: Path) -> Page:
    digest = content_hash(path.read_bytes())
    return Page(f"theme/{path.stem}.{digest[:10]}{path.suffix}", Kind.FILE, FileInputs(str(path), digest))


def join_stylesheet(folder: Path) -> str:
    """All style sheets of a folder as one: `layers.css`, then a file a layer in the order that it names."""
    first = _text(folder / "layers.css")
    match = _LAYERS.search(first)
    names = [name.strip() for name in match[1].split(",")] if match else []
    return "\n".join([first, *(_text(folder / f"{name}.css") for name in names)])


def join_modules(folder: Path) -> dict[str, tuple[str, str]]:
    """The scripts of a folder: name -> file name with a hash, and text that imports the others by theirs."""
    modules: dict[str, tuple[str, str]] = {}

    def module(name: str) -> str:
        if name not in modules:
            text = _IMPORT.sub(lambda found: module(found[1]), _text(folder / f"{name}.js"))
            modules[name] = (f"{name}.{content_hash(text.encode())[:10]}.js", text)
        return modules[name][0]

    for path in sorted(folder.glob("*.js")):
        module(path.stem)
    return modules


def _text(file: Path) -> str:
    """What a file of the theme says. CorpusError if that is no UTF-8."""
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        path = "/".join(("theme", *file.parts[-3:]))
        raise CorpusError([found(path, 1, "template", "is not UTF-8; save it so")]) from None


def _copy(file: Path, name: str, path: str) -> Page:
    return Page(name, Kind.FILE, FileInputs(str(file), content_hash(file.read_bytes())), Origin(path, 1))


def _files(settings: Settings, folder: str) -> Iterator[tuple[Path, str, str]]:
    """Every file of a content folder, with its path below the folder and below the project."""
    base = settings.content / folder
    if base.is_symlink():
        way = "it is a link, which is not followed; put the files themselves there"
        raise CorpusError([found(base.relative_to(settings.root).as_posix(), 1, "unreadable", way)])
    for file in sorted(base.rglob("*")):
        path = file.relative_to(base)
        is_hidden = any(part.startswith(".") for part in path.parts if part != ".well-known")  # which RFC 8615 names
        if file.is_file() and not file.is_symlink() and not is_hidden:
            yield file, path.as_posix(), file.relative_to(settings.root).as_posix()
