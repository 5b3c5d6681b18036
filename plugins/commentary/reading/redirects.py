"""content/data/redirects.yaml: old addresses that belong to no post, and where they lead now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from commentary.errors import PostSyntaxError
from commentary.findings import Finding, found
from commentary.reading.text import read_file
from commentary.reading.yaml_text import read_yaml
from commentary.urls import check_path

if TYPE_CHECKING:
    from pathlib import Path

FILE = "redirects.yaml"
RULE = "redirect"


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address and the one it leads to, both below the site's root."""

    path: str  # "/tag/korea/"
    query: str  # "p=123" of `/?p=123`; no page can stand there, only a web server can redirect it
    target: str
    file: str  # for findings
    line: int

    @property
    def address(self) -> str:
        """The old address as it was asked for."""
        return f"{self.path}?{self.query}" if self.query else self.path


def load_redirects(folder: Path, root: Path) -> tuple[tuple[Redirect, ...], list[Finding]]:
    """Read redirects.yaml in `folder`, `old: new` a line; none if there is no such file. Bad lines are left out."""
    file = folder / FILE
    path = file.relative_to(root).as_posix()
    if not (file.exists() or file.is_symlink()):
        return (), []
    try:
        tree = read_yaml(read_file(file, path=path), path=path, folded=True)
    except PostSyntaxError as cause:
        return (), [replace(f, rule=RULE) for f in cause.findings]
    findings = [replace(f, rule=RULE) for f in tree.findings]
    redirects: list[Redirect] = []
    for written, target in tree.values.items():
        old, _, query = written.partition("?")
        try:
            if not isinstance(target, str) or not target:
                raise ValueError(f"{written} leads nowhere; write its new address after the colon")
            redirects.append(Redirect(check_path(old or "/"), query, check_path(target), path, tree.lines[written]))
        except ValueError as cause:
            findings.append(found(path, tree.lines[written], RULE, str(cause)))
    return tuple(redirects), findings
