"""A project of made-up posts, the changes that authors make to it, and what a change may have rendered in vain."""

from datetime import UTC, datetime

from benchmarks.contenders import Commentary
from benchmarks.corpus import Corpus

from commentary.ledger import Link, Memento, read_ledger, write_ledger
from tests.work.building import build

SIZE = 300
DAY = datetime(2020, 1, 1, tzinfo=UTC)

# What may be rendered to the bytes it had, and why: these show less of a post than its digest covers.
RECEIPT = "2010/{day}/{slug}/receipt.json"  # the excerpts and their verdicts, not whether a link lives
RENAMED_RECEIPT = "2010/{day}/{slug}-renamed/receipt.json"  # the same of a post that was renamed
QUOTATIONS = {"data/quotations-2010.csv", "data/quotations-2010.json"}  # the excerpts and their verdicts, not our words
STORY = "stories/{story}/index.html"  # titles and sources of its posts
SEARCH = "search/posts/{chunk}.json"  # words and names, nothing that the ledger knows


class Project:
    """A project of made-up posts, and the changes that authors make to it."""

    def __init__(self, folder, size):
        self.folder = folder / "project"
        self.output = folder / "output"
        self.corpus = Corpus(size)
        self.contender = Commentary(self.folder)
        self.contender.write(self.corpus)

    def file(self, number):
        return self.folder / "content/posts" / self.corpus.item(number).file

    def add(self, number):
        self.contender.put(self.corpus.item(number))

    def edit(self, number, times=1):
        self.contender.put(self.corpus.item(number).edited(times))

    def rename(self, number):
        self.file(number).rename(self.file(number).with_name(self.file(number).name.replace(".md", "-renamed.md")))

    def delete(self, number):
        self.file(number).unlink()

    def learn(self, *facts):
        ledger, _ = read_ledger(self.folder / "content", self.folder)
        write_ledger(self.folder / "content", ledger.learning(facts))

    def archive(self, number):
        url = self.corpus.item(number).source.url
        self.learn(Memento(url=url, at=DAY, uri=f"https://archive.example/{number}"))

    def lose(self, number):
        self.learn(Link(url=self.corpus.item(number).source.url, at=DAY, state="dead"))

    def describe(self, slug, words):
        file = self.folder / "content/data/topics.yaml"
        before, entry, after = file.read_text().partition(f"{slug}:\n")
        name, key, rest = after.partition("  description: ")
        _, _, others = rest.partition("\n")
        file.write_text(f"{before}{entry}{name}{key}{words}.\n{others}")

    def build(self, **how):
        return build(self.folder, self.output, **how)

    def in_vain(self, number, *patterns):
        """The paths that the exceptions mean for one post."""
        item = self.corpus.item(number)
        names = {"day": f"{item.posted:%m/%d}", "slug": item.slug, "story": item.story, "chunk": number // 2}
        return {pattern.format(**names) for pattern in patterns}
