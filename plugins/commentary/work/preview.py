"""What the author's server shows: the site as its files are, or as they last were without an error, and the errors."""

from __future__ import annotations

import gc
import hashlib
import sys
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from commentary.errors import CommentaryError, CorpusError
from commentary.work.shown import MOST, Shown, as_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Protocol

    from commentary.findings import Finding
    from commentary.work.prepare import Prepared
    from commentary.work.shown import Workshop

    class Terminal(Protocol):
        """Where the author is told how it goes."""

        def planned(self, prepared: Prepared) -> None:
            """The site stands."""

        def failed(self, error: CommentaryError, *, stands: bool) -> None:
            """The site cannot be built; `stands`: what was shown before stays."""

        def unrendered(self, error: CommentaryError) -> None:
            """Pages cannot be rendered."""


QUIET = 0.15  # seconds without a page being shown, after which there is time for other work
PATIENCE = 2.0  # seconds to wait at most for that


class Fault(NamedTuple):
    """An error as the page shows it."""

    place: str  # "content/posts/a.md:3"; nothing: the message says it
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class PageState:
    """What a reader of a path is to see."""

    path: str  # of the page that answers
    content: bytes | None  # None: nothing can be shown
    faults: tuple[Fault, ...]
    version: str  # differs wherever a reader would see something else


class Preview:
    """The site in memory, kept as its files are. `open_workshop` is asked again whenever the settings change.

    Three kinds of threads meet here. Those that watch files call `change`, which shows at once what needs no new plan;
    the one of `follow` then plans the site and tries its templates; those of readers ask for the `state_of` a page.
    What is shown is the last site that could be planned: an error leaves it as it is, and is shown beside it.
    """

    def __init__(self, open_workshop: Callable[[], Workshop], terminal: Terminal) -> None:
        self._open = open_workshop
        self._terminal = terminal
        self._changed = threading.Condition()
        self._workshop: Workshop | None = None
        self._shown: Shown | None = None  # None: no site could be planned yet
        self._faults: tuple[Fault, ...] = ()  # that the last plan failed by
        self._template_faults: tuple[Fault, ...] = ()
        self._templates_were_tried = False  # since they changed
        self._told: set[Finding] = set()  # what the terminal was told of templates
        self._good: OrderedDict[str, bytes] = OrderedDict()  # the last renderings that went well
        self._todo: set[Path] = set()  # files that changed since the last plan was begun
        self._looked = 0.0  # when a page was last asked for or shown
        self.count = 0  # of states
        self.closed = False

    @property
    def workshop(self) -> Workshop | None:
        """What the pages are made with; None: the settings are wrong."""
        return self._workshop

    def style(self) -> str:
        """Where the site's style sheet is."""
        return self._shown.renderer.assets.css if self._shown else ""

    def state_of(self, path: str) -> PageState:
        """The page at a path of the output folder, else the one for addresses that are not there."""
        with self._changed:
            shown, faults = self._shown, (*self._faults, *self._template_faults)
        if shown is None:
            return PageState(path, None, faults, _version(None, repr(faults)))
        faults = (*faults, *map(_fault, shown.faults))
        page = shown.page(path) or shown.pages["404.html"]
        content = None
        try:
            content = shown.render(page)
            with self._changed:
                self._good[page.path] = content
                self._good.move_to_end(page.path)
                if len(self._good) > MOST:
                    self._good.popitem(last=False)
        except CommentaryError as error:
            content = self._good.get(page.path)
            faults = (*faults, *_faults(error))
            self._tell_unrendered(error)
        self._looked = time.monotonic()
        faults = tuple(dict.fromkeys(faults))
        return PageState(page.path, content, faults, _version(content, shown.pictures if content else repr(faults)))

    def holds(self, path: str) -> bool:
        """Whether there is a page of that path."""
        shown = self._shown
        return bool(shown and shown.page(path))

    def _tell_unrendered(self, error: CommentaryError) -> None:
        findings = set(error.findings) if isinstance(error, CorpusError) else set()
        with self._changed:
            new, self._told = findings - self._told, self._told | findings
        if new:
            self._terminal.unrendered(CorpusError(sorted(new)))

    def wait(self, known: int, seconds: float) -> int:
        """Wait until the count of states is another than `known`, or for so long; give the count."""
        with self._changed:
            self._changed.wait_for(lambda: self.count != known or self.closed, seconds)
            return self.count

    def close(self) -> None:
        """Send all who wait away."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def change(self, files: Iterable[Path]) -> None:
        """Show at once what can be shown of files that changed; the rest follows when the site is planned."""
        files = set(files)
        with self._changed:
            self._todo |= files
            shown = self._shown
            if shown:
                self._show(_revised(shown, files))
            self._changed.notify_all()

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self._announce()

    def _announce(self) -> None:
        """Wake all who wait for another state; to be called with the lock held."""
        self.count += 1
        self._changed.notify_all()

    def follow(self) -> None:
        """Plan the site anew after every change, for as long as the server runs."""
        sys.setswitchinterval(0.001)  # seconds: pages are shown while the site is planned
        gc.disable()  # what a plan leaves is collected when no reader waits
        self.try_templates()
        while not self.closed:
            with self._changed:
                self._changed.wait_for(lambda: self._todo or self.closed)
            for work in (self.plan, self.try_templates, gc.collect):
                self._rest()
                if not self.closed:
                    work()

    def _rest(self) -> None:
        """Leave the processor to the pages that show what changed."""
        begun = self._looked = time.monotonic()
        while not self.closed and (left := min(self._looked + QUIET, begun + PATIENCE) - time.monotonic()) > 0:
            time.sleep(left)

    def plan(self) -> None:
        """Read and plan the site, and show it unless there is an error."""
        with self._changed:
            files, self._todo = self._todo, set()
            known = self._workshop
        if any(file.suffix == ".py" for file in files):
            self._workshop = None
        templates = {file for file in files if known and file.is_relative_to(known.settings.theme / "templates")}
        self._templates_were_tried &= not templates
        if not (self._shown and templates and templates == files):  # templates have no say in the plan
            self._read()

    def _read(self) -> None:
        try:
            workshop = self._workshop = self._workshop or self._open()
            shown = Shown.of(workshop, workshop.survey())
        except CommentaryError as error:
            self._fail(error)
            return
        except SystemExit as cause:
            self._fail(
                CommentaryError(f"the settings end the program ({cause}); mend what they ask for, and it goes on")
            )
            return
        except Exception as cause:  # noqa: BLE001 - whatever a plugin or a file that goes away does, the server stays
            self._fail(as_error(cause))
            return
        with self._changed:
            self._templates_were_tried &= self._shown is not None and self._shown.workshop is workshop
            self._faults = ()
            self._show(_revised(shown, self._todo))
        self._terminal.planned(shown.prepared)

    def _fail(self, error: CommentaryError) -> None:
        with self._changed:
            self._faults = _faults(error)
            if shown := self._shown:
                wrong = _wrong(error, shown)
                # A post that is wrong by itself stays as it last was without an error, which may be newer than the plan.
                # One that is wrong only beside others, as two of one address are, goes back to what was planned.
                looked = _revised(shown, {shown.workshop.settings.root / path for path in wrong})
                by_itself = {finding.path for finding in looked.faults}
                self._show(_revised(replace(looked.without(wrong - by_itself), faults=()), self._todo))
            else:
                self._announce()
        self._terminal.failed(error, stands=shown is not None)

    def try_templates(self) -> None:
        """Render a page of each kind, if the templates have changed since that was last done."""
        shown = self._shown
        if self._templates_were_tried or not shown:
            return
        self._templates_were_tried = True
        faults = shown.template_faults()
        with self._changed:
            self._told &= set(faults)  # the others are mended
            self._template_faults = tuple(map(_fault, faults))
            self._announce()
        if faults:
            self._tell_unrendered(CorpusError(faults))


def _revised(shown: Shown, files: set[Path]) -> Shown:
    try:
        return shown.revised(files)
    except Exception:  # noqa: BLE001 - the next plan says so, and the server stays
        return shown


def _wrong(error: CommentaryError, shown: Shown) -> set[str]:
    findings = error.findings if isinstance(error, CorpusError) else ()
    return {finding.path for finding in findings if shown.workshop.fails([finding])}


def _faults(error: CommentaryError) -> tuple[Fault, ...]:
    if isinstance(error, CorpusError):
        return tuple(_fault(f) for f in error.findings if f.severity == max(g.severity for g in error.findings))
    return (Fault("", "", str(error)),)


def _fault(finding: Finding) -> Fault:
    return Fault(f"{finding.path}:{finding.line}", finding.rule, finding.message)


def _version(content: bytes | None, more: str) -> str:
    return hashlib.sha256((content or b"") + more.encode()).hexdigest()[:16]
