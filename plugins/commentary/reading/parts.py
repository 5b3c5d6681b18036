"""A body in Markdown -> the parts of a post: excerpts and remarks, in order, each with its line in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commentary.findings import found
from commentary.model import Excerpt, Remark
from commentary.quotation.fold import REORDERING
from commentary.reading.attribution import missing_attribution, take_attribution
from commentary.syntax.body import split_body
from commentary.syntax.excerpt import Stray, mark_of, read_quotation, stray_mark, without_blank_end
from commentary.syntax.limits import excess_of_lines, excess_of_post
from commentary.syntax.plain import plain_text
from commentary.syntax.remark import render_remarks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from commentary.findings import Finding
    from commentary.model import Part, Source
    from commentary.syntax.body import Stretch
    from commentary.syntax.excerpt import Line


def read_parts(
    body: str, *, path: str, first_line: int, sources: tuple[Source, ...], name: str = ""
) -> tuple[tuple[Part, ...], list[Finding]]:
    """Read a post's body.

    `path` and `first_line` (the line of the file that the body begins on) place the findings; `sources` are
    the post's own, which its attribution lines name; `name` tells its footnotes from another post's. Parts come back even if there are findings.
    """
    if over := excess_of_lines(body, first_line):
        return (), [found(path, over.line, "too-much", over.message)]
    reader = _PartsReader(path, sources)
    split = split_body(body, first_line)
    for line in split.unquoted:
        reader.unquoted(line)
    reader.misplaced(split.strays)
    if over := excess_of_post(body, split.stretches):
        return (), [found(path, over.line, "too-much", over.message)]
    remarks = iter(render_remarks([stretch.text for stretch in split.stretches if not stretch.quoted], name=name))
    parts: list[Part] = []
    for stretch in split.stretches:
        if stretch.quoted:
            reader.add_excerpt(stretch, parts)
        elif blocks := next(remarks):
            html = "\n".join(blocks)
            parts.append(Remark(line=stretch.line, html=html, text=plain_text(html)))
    return tuple(parts), sorted(reader.findings)


class _PartsReader:
    """One post's sources, and what is found wrong with its body."""

    def __init__(self, path: str, sources: tuple[Source, ...]) -> None:
        self.path = path
        self.sources = sources
        self.findings: list[Finding] = []

    def unquoted(self, line: Line) -> None:
        self._find(
            "unquoted-line", line.number, "runs on from the excerpt; begin it with > or leave a blank line above"
        )

    def misplaced(self, strays: Iterable[Stray]) -> None:
        for stray in strays:
            self._find("misplaced-mark", stray.line, stray.message)

    def add_excerpt(self, stretch: Stretch, parts: list[Part]) -> None:
        """Read a block quote; an original joins the excerpt before it."""
        self._reordered(stretch.lines)
        lines, original = _take_original(stretch.lines)
        attribution = take_attribution(lines, self.sources)
        lines = attribution.lines
        if original is None:
            lines, original = _take_original(lines)
        quotation = read_quotation(lines)
        self.misplaced(quotation.strays)
        if attribution.fault:
            self._find("attribution", *attribution.fault)
        if not quotation.paragraphs:
            self._without_words(attribution.line, original)
            return
        before = parts[-1] if parts else None
        if original and isinstance(before, Excerpt) and before.original_html is None:
            if attribution.key != before.source_key and attribution.line and not attribution.fault:
                message = "the original names another source than its translation; name the same one, or none"
                self._find("attribution", attribution.line, message)
            changes = {"original_html": quotation.html, "original": quotation.paragraphs}
            parts[-1] = before.model_copy(update=changes)
            return
        if original:
            self.misplaced(
                [
                    Stray(
                        original.number,
                        f"{original.text.strip()} follows no excerpt that lacks an original; put this block quote straight after its translation",
                    )
                ]
            )
        elif len(self.sources) > 1 and attribution.line is None:
            self._find("attribution", *missing_attribution(stretch.line, self.sources))
        key = attribution.key or (self.sources[0].key if len(self.sources) == 1 else None)
        parts.append(Excerpt(line=stretch.line, html=quotation.html, paragraphs=quotation.paragraphs, source_key=key))

    def _reordered(self, lines: Iterable[Line]) -> None:
        for line in lines:
            if control := REORDERING.search(line.text):
                message = "shows the words after it in another order than the source's; delete it"
                self._find("unreadable", line.number, f"the excerpt holds U+{ord(control[0]):04X}, which {message}")

    def _without_words(self, attribution: int | None, original: Line | None) -> None:
        if attribution:
            message = (
                "an attribution stands under no words; put it straight under the passage that it names the source of"
            )
            self._find("attribution", attribution, message)
        if original:
            self.misplaced([stray_mark(original)])

    def _find(self, rule: str, line: int, message: str) -> None:
        self.findings.append(found(self.path, line, rule, message))


def _take_original(lines: Sequence[Line]) -> tuple[Sequence[Line], Line | None]:
    """The lines less a mark of an original at their end; that mark."""
    lines = without_blank_end(lines)
    if lines and mark_of(lines[-1].text) == "original":
        return lines[:-1], lines[-1]
    return lines, None
