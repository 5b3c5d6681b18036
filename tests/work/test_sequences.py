"""
Whatever authors do, in whatever order: a build renders what changes and leaves what a build from nothing makes.

A build from nothing takes seconds, and a hundred of them minutes. So here a file is parsed once for one text, and a page
rendered once for all that it might show: the texts of its posts, all that the ledger knows of their sources, the
vocabularies, and everything else in its inputs, in full. No key, digest or cache that a build relies on has a part in it.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import fields, is_dataclass
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from commentary import rendering
from commentary.model import Post
from commentary.plan import MANIFEST
from commentary.plan.inputs import SearchDataInputs
from commentary.publishing.manifest import content_hash, manifest_bytes
from commentary.reading import kept
from commentary.reading.parse import parse_post
from commentary.views import Ref
from tests.folders import tree
from tests.work.building import read, renderer_of
from tests.work.editing import QUOTATIONS, RECEIPT, RENAMED_RECEIPT, SEARCH, SIZE, STORY, Project

PARTS = 5
SEQUENCES = 20  # of each part
MOST_IN_VAIN = 5

RECEIPTS = RECEIPT, RENAMED_RECEIPT

# What an author does -> the files that it may have rendered to the bytes they had.
IN_VAIN = {
    "edit": (STORY, *QUOTATIONS),
    "archive": (STORY,),
    "lose": (*RECEIPTS, *QUOTATIONS),
}

# What the ledger knows may render the chunk of the search index that the post is in, as `SEARCH` says; which one that
# is depends on how many posts there are before it.
SEARCH_CHUNK = re.compile(SEARCH.format(chunk=r"\d+"))

numbers = st.integers(0, SIZE - 1)
edits = st.one_of(
    st.tuples(st.just("add")),
    *(st.tuples(st.just(what), numbers) for what in ("edit", "rename", "delete", "archive", "lose")),
    st.tuples(st.just("describe"), st.sampled_from(["All that moves", "All that stays"])),
)


class Desk(Project):
    """A project that any sequence of edits can be done to, and undone."""

    def __init__(self, folder):
        super().__init__(folder, SIZE)
        self.topics = self.folder / "content/data/topics.yaml"
        self.described = self.topics.read_text()
        self.touched = set()
        self.later = SIZE
        self.pages = {}  # all that a page might show -> the hash of its bytes
        self.posts = {}  # a text, with its path and what is declared -> the post

    def start_over(self):
        """Everything as it was at first. The numbers of the posts that were not."""
        touched, self.touched, self.later = self.touched, set(), SIZE
        for number in touched:
            self.remove(number)
            if number < SIZE:
                self.add(number)
        self.topics.write_text(self.described)
        shutil.rmtree(self.folder / "content/data/ledger", ignore_errors=True)
        return touched

    def remove(self, number):
        for file in (self.file(number), self.renamed(number)):
            file.unlink(missing_ok=True)

    def renamed(self, number):
        return self.file(number).with_name(self.file(number).name.replace(".md", "-renamed.md"))

    def do(self, what, *values):
        """One edit; the paths that it may have rendered in vain."""
        if what == "describe":
            self.describe(next(iter(self.corpus.topics)), *values)
            return set()
        number = self.later if what == "add" else values[0]
        self.later += what == "add"
        self.touched.add(number)
        match what:
            case "rename" if not self.file(number).exists():
                pass
            case "edit":
                self.remove(number)
                self.edit(number)
            case "delete":
                self.remove(number)
            case _:
                getattr(self, what)(number)
        return self.in_vain(number, *IN_VAIN.get(what, ()))

    def from_nothing(self, scratch):
        """Path -> hash of the bytes, as a build without any cache makes them."""
        declared = self.topics.read_bytes()

        def parsed(text, *, path, **how):
            if (text, path, declared) not in self.posts:
                self.posts[text, path, declared] = parse_post(text, path=path, **how)
            return self.posts[text, path, declared]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kept, "parse_post", parsed)
            prepared = read(self.folder, self.output, cache=scratch)
        renderer, vocabulary = renderer_of(prepared), repr(prepared.corpus.vocabulary)
        shown = cache(lambda path: (path, content_hash((self.folder / path).read_bytes())))

        def everything(value):
            match value:
                case Post():
                    return shown(value.path), repr([*prepared.ledger.of_post(value)])
                case Ref():
                    return value
                case tuple():
                    return tuple(map(everything, value))
                case _ if is_dataclass(value):
                    return type(value), *(everything(getattr(value, field.name)) for field in fields(value))
            return repr(value)

        files = {}
        for page in prepared.plan:
            if isinstance(page.inputs, SearchDataInputs):
                files[page.path] = content_hash(renderer.render(page))
                continue
            key = (page.path, page.kind, everything(page.inputs), vocabulary)
            if key not in self.pages:
                self.pages[key] = content_hash(renderer.render(page))
            files[page.path] = self.pages[key]
        return files | {MANIFEST: content_hash(manifest_bytes(files))}


@pytest.fixture(name="desk", scope="module")
def _desk(tmp_path_factory):
    """Its theme and settings stay as they are, so templates are compiled and hashed once for all builds."""
    environments = []
    prepare = rendering.prepare

    def prepare_once(env, wording, constants):
        environments.append((constants, environments[0][1] if environments else prepare(env, wording, constants)))
        assert environments[-1][0] == environments[0][0]
        return environments[-1][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "prepare", prepare_once)
        patch.setattr(rendering, "closure_key", cache(rendering.closure_key))
        desk = Desk(tmp_path_factory.mktemp("sequences"))
        desk.build()
        yield desk


# A sequence goes on from what the one before has left, so a shorter one may well pass.
@pytest.mark.parametrize("_part", range(PARTS))  # none is so long that it looks as if it hung
@settings(
    max_examples=SEQUENCES,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(sequence=st.lists(edits, min_size=1, max_size=3))
def test_any_sequence_of_edits_renders_what_changes_and_leaves_what_a_build_from_nothing_makes(
    desk, tmp_path_factory, _part, sequence
):
    excused = {path for number in desk.start_over() for path in desk.in_vain(number, *RECEIPTS, STORY, *QUOTATIONS)}
    for turn, edit in enumerate(sequence):
        excused = desk.do(*edit) | (excused if turn == 0 else set())
        built = desk.build()
        in_vain = built.rendered - built.changed

        assert {path for path in in_vain if not SEARCH_CHUNK.fullmatch(path)} <= excused, edit
        assert turn == 0 or len(in_vain) <= MOST_IN_VAIN, edit

    left = {path: content_hash(content) for path, content in tree(desk.output).items()}
    assert left == desk.from_nothing(tmp_path_factory.mktemp("nothing"))
