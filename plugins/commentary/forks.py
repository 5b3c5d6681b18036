"""Work shared out among processes: the same results in the same order, whatever their number."""

from __future__ import annotations

import gc
import os
import signal
import threading
import weakref
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

LEAST = 64  # items that are worth a process
CHUNKS = 200  # that each process gets: small ones, so that all are done at the same time, but not of an item each
YOUNG = 30_000  # objects between collections of a process that works: few, as its memory is its own, not shared with us


def cores() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    function: Callable[[T], R], items: Sequence[T], jobs: int, *, least: int = LEAST
) -> Generator[R, None, None]:
    """`map`, by up to `jobs` processes, each with `least` items at least; results and exceptions must pickle.

    They are forks of this one, so they know all that it knows. They end with it, and when this iterator is closed. A
    process with other threads is not forked, because a lock that one of them holds would be held for ever.
    """
    jobs, chunk = portions(len(items), jobs, least=least)
    if jobs < 2 or threading.active_count() > 1 or not hasattr(os, "fork"):  # noqa: PLR2004 - one is none beside us
        yield from map(function, items)
        return
    from multiprocessing import Pipe  # noqa: PLC0415 - most builds are small

    gc.freeze()  # so that no collection in a child copies the pages that it shares with us
    workers: dict[int, Connection] = {}
    try:
        for number in range(jobs):
            receiver, sender = Pipe(duplex=False)
            if pid := os.fork():
                sender.close()
                workers[pid] = receiver
            else:
                _work(function, items, sender, first=number, jobs=jobs, chunk=chunk)
        receivers = list(workers.values())
        for number, _ in enumerate(range(0, len(items), chunk)):
            try:
                done = receivers[number % jobs].recv()
            except EOFError:
                raise ChildProcessError("a process of the build was killed; is there enough memory?") from None
            if isinstance(done, BaseException):
                raise done
            yield from done
    finally:
        gc.unfreeze()
        for pid, receiver in workers.items():
            _end(pid, receiver, os.getpid())


class Aside(Generic[R]):
    """One thing that another process works out while this one goes on; its result and exceptions must pickle.

    Where no process is to be had, it is worked out when it is asked for.
    """

    def __init__(self, function: Callable[[], R]) -> None:
        self._function = function
        self._told: Connection | None = None
        if threading.active_count() > 1 or not hasattr(os, "fork"):
            return
        from multiprocessing import Pipe  # noqa: PLC0415 - most builds are small

        receiver, sender = Pipe(duplex=False)
        if pid := os.fork():
            sender.close()
            self._told = receiver
            self._end = weakref.finalize(self, _end, pid, receiver, os.getpid())
        else:
            receiver.close()  # or it would wait for ever for a parent that is gone to read what it sends
            _tell(function, sender)

    def result(self) -> R:
        """What came of it; asked for once."""
        if self._told is None:
            return self._function()
        try:
            done: R | BaseException = self._told.recv()
        except (EOFError, OSError):  # it was killed, before it sent anything or in the midst of it
            done = self._function()
        self._end()
        if isinstance(done, BaseException):
            raise done
        return done


def _tell(function: Callable[[], R], sender: Connection) -> NoReturn:
    """Work something out and send it. This is all that a child does."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        gc.disable()
        sender.send(function())
        status = 0
    except Exception as cause:  # noqa: BLE001 - it is raised in the parent
        sender.send(cause)
    finally:
        os._exit(status)


def _end(pid: int, receiver: Connection, parent: int) -> None:
    """See to it that nothing is left of a child; its siblings are not its parents."""
    if parent == os.getpid():
        # Where SIGCHLD is ignored, which programs inherit, what has ended is gone already.
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    receiver.close()


def portions(count: int, jobs: int, *, least: int = LEAST) -> tuple[int, int]:
    """How many processes share so many items, and how many each takes at a time: the first so many are the first's."""
    jobs = min(jobs, count // least)
    return jobs, max(1, least // 8, count // (CHUNKS * max(1, jobs)))


def _work(
    function: Callable[[T], R], items: Sequence[T], sender: Connection, *, first: int, jobs: int, chunk: int
) -> NoReturn:
    """Do every `jobs`th chunk and send what comes of it. This is all that a child does."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        gc.set_threshold(YOUNG, 20, 20)
        own, last = sender.fileno(), os.sysconf("SC_OPEN_MAX")
        os.closerange(3, own)  # locks and pipes of the parent's are not ours to hold
        os.closerange(own + 1, min(last, 4096))
        parent = os.getppid()
        for start in range(first * chunk, len(items), jobs * chunk):
            done = []
            for item in items[start : start + chunk]:
                if os.getppid() != parent:
                    os._exit(status)
                done.append(function(item))
            sender.send(done)
        status = 0
    except Exception as cause:  # noqa: BLE001 - it is raised in the parent
        sender.send(cause)
    finally:
        os._exit(status)
