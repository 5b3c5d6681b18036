"""What a verdict on an excerpt becomes: a finding at the excerpt's line, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from commentary.caching import Memo
from commentary.checks import run
from commentary.ledger import Ledger
from tests.factories import REPOSITORY, make_corpus, make_excerpt, make_ledger, make_post, make_remark, make_source

if TYPE_CHECKING:
    from commentary.findings import Finding
    from commentary.model import Post

SAID = "“We will pause the tariffs for ninety days,” the minister said."
WHOLE = {"verdict": "verbatim", "share": 0.1, "warnings": ()}


def post_of(**changes: Any) -> Post:
    """A post with an excerpt at line 9."""
    return make_post(parts=(make_remark(), make_excerpt(SAID, line=9)), lines={"source.url": 6}, **changes)


def findings(post: Post, *others: Post, ledger: Ledger | None = None, **judged: Any) -> list[Finding]:
    """What is found in posts by a ledger; by default one whose verdict on the first is as given."""
    ledger = make_ledger(post, *others, **WHOLE | judged) if ledger is None else ledger
    return run(make_corpus(post, *others), ledger, max_share=0.2, root=REPOSITORY)


def test_an_excerpt_that_stands_is_no_finding() -> None:
    assert findings(post_of()) == []
    assert findings(post_of(), verdict="spacing") == []
    assert findings(post_of(), share=0.2) == []


@pytest.mark.parametrize(
    ("judged", "place", "message"),
    [
        ({"verdict": "altered"}, (9, "altered"), "`commentary verify posts/"),
        ({"verdict": "missing"}, (9, "missing"), "commentary verify posts/"),
        (
            {"warnings": ("it begins within “Then”",)},
            (9, "caution"),
            "it begins within “Then”; or add `allow: caution`",
        ),
        ({"share": 0.21}, (6, "quoted-share"), "21% of the source's words, over 20%"),
    ],
)
def test_one_that_does_not_is_found_with_its_place(
    judged: dict[str, Any], place: tuple[int, str], message: str
) -> None:
    (found,) = findings(post_of(path="posts/a.md"), **judged)

    assert (found.path, found.line, found.rule) == ("posts/a.md", *place)
    assert message in found.message


def test_all_that_is_unchecked_is_one_line() -> None:
    """The newest post's, which counts the rest; `allow` takes a post out of it, a source without address has no copy."""
    old, new = post_of(path="old.md", slug="old"), post_of(path="new.md", slug="new")
    (alone,) = findings(new, ledger=Ledger())
    assert (alone.path, alone.line, alone.rule) == ("new.md", 9, "unchecked")
    assert "this excerpt is not compared" in alone.message

    other = old.model_copy(update={"sources": (make_source(url="https://herald.example/other"),)})
    (both,) = findings(other, new, ledger=Ledger())
    assert "this excerpt and 1 more are not compared" in both.message

    assert findings(post_of(allow=("unchecked",)), ledger=Ledger()) == []
    assert findings(post_of(sources=(make_source(url=None),)), ledger=Ledger()) == []


def test_what_is_remembered_of_a_post_is_not_taken_for_another_rule_or_post() -> None:
    """A greater share that may be quoted, or the same words in another file."""
    memo, post = Memo(), post_of(path="a.md")
    ledger = make_ledger(post, **WHOLE | {"share": 0.3})

    def told(post: Post, max_share: float) -> list[tuple[str, str]]:
        return [
            (f.path, f.rule) for f in run(make_corpus(post), ledger, max_share=max_share, root=REPOSITORY, memo=memo)
        ]

    assert told(post, 0.2) == [("a.md", "quoted-share")]
    assert told(post, 0.4) == []
    assert told(post_of(path="b.md"), 0.2) == [("b.md", "quoted-share")]
