"""The words of a sanitised fragment, without its markup."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"""</?([a-z][a-z0-9]*)(?:[^>"]++|"[^"]*")*+>""")
_STRUCK = re.compile(r"""<del\b(?:[^>"]++|"[^"]*")*+>(?:(?!</?del\b).)*+</del>""", re.DOTALL)
_OF_NOTES = re.compile(r""" ?<a href="[^"]*+" role="doc-[a-z]++">[^<]*+</a>""")  # the numbers of notes, the ways back
_BREAKING = "blockquote br h2 h3 h4 h5 h6 hr li ol ul p pre table tr"
_LEAVES = {**dict.fromkeys(_BREAKING.split(), "\n"), "td": " ", "th": " "}  # the rest leave nothing


def plain_text(fragment: str) -> str:
    """What HTML that `sanitise` wrote says: one line a block, white space as single spaces.

    Struck words are left out, and so are the numbers of footnotes; the notes are not.
    """
    said = _STRUCK.sub("", fragment) if "<del" in fragment else fragment
    said = _OF_NOTES.sub("", said) if "doc-" in said else said
    text = _TAG.sub(lambda tag: _LEAVES.get(tag[1], ""), said.replace("\n", " "))
    lines = (" ".join(html.unescape(line).split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
