"""Work shared out among processes comes back whole, or not at all: run by `test_forks.py`, in a process of their own."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from commentary.errors import CorpusError
from commentary.findings import found
from commentary.forks import LEAST, Aside, spread
from tests.processes import LONG, first_lines, started, wait_for

ITEMS = range(4 * LEAST + 3)
FAULT = found("a.md", 3, "template", "it cannot be; mend it")

# Prints its children's ids and then works for a long time.
WORKER = """
import os, sys, time
from commentary.forks import spread
for pid in spread(lambda n: time.sleep(0.02) or os.getpid(), range(10_000), 2):
    print(pid, flush=True)
"""


# Prints the id of a child that sends more than a pipe holds, and does not read it.
SENDER = """
import os, time
from commentary.forks import Aside
aside = Aside(lambda: print(os.getpid(), flush=True) or "x" * 1_000_000)
time.sleep(600)
"""


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with Path(f"/proc/{pid}/stat").open() as stat:
        return stat.read().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(jobs):
    results = list(spread(lambda n: (n * n, os.getpid()), ITEMS, jobs))

    assert [square for square, _ in results] == [n * n for n in ITEMS]
    pids = {pid for _, pid in results}
    assert len(pids) == jobs
    assert (os.getpid() in pids) == (jobs == 1)


def test_few_items_are_done_here():
    assert set(spread(lambda _: os.getpid(), range(LEAST), 2)) == {os.getpid()}


def test_a_process_with_other_threads_is_not_forked():
    """A lock that one of them holds would be held in the child for ever."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert set(spread(lambda _: os.getpid(), ITEMS, 2)) == {os.getpid()}
    finally:
        done.set()
        thread.join()


def test_findings_of_a_process_are_raised_here():
    def fail(number):
        if number == 70:
            raise CorpusError([FAULT])
        return number

    with pytest.raises(CorpusError) as caught:
        list(spread(fail, ITEMS, 2))

    assert caught.value.findings == (FAULT,)


def test_a_process_that_is_killed_is_an_error():
    def die(number):
        if number == 70:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(ChildProcessError, match="was killed"):
        list(spread(die, ITEMS, 2))


def test_whoever_stops_early_leaves_no_process():
    results = spread(lambda _: os.getpid(), ITEMS, 2)
    pid = next(results)
    results.close()

    assert not is_alive(pid)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="it looks into /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_its_parent(how):
    with started([sys.executable, "-c", WORKER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as parent:
        pids = set(map(int, first_lines(parent, 100)))
        assert len(pids) == 2
        assert all(map(is_alive, pids))
        parent.send_signal(how)
        parent.wait(LONG)

    wait_for(lambda: not any(map(is_alive, pids)), lambda: f"the processes {pids} are gone")


def test_what_is_worked_out_aside_comes_from_another_process():
    aside = Aside(lambda: (os.getpid(), "x" * 1_000_000))
    pid, text = aside.result()

    assert pid != os.getpid()
    assert len(text) == 1_000_000
    assert not is_alive(pid)


def test_what_goes_wrong_aside_is_raised_here():
    def fail():
        raise CorpusError([FAULT])

    with pytest.raises(CorpusError) as caught:
        Aside(fail).result()

    assert caught.value.findings == (FAULT,)


def test_what_was_killed_aside_is_worked_out_here():
    here = os.getpid()
    assert Aside(lambda: os.getpid() if os.getpid() == here else os.kill(os.getpid(), signal.SIGKILL)).result() == here


def test_what_was_killed_as_it_sent_is_worked_out_here(tmp_path):
    """What it sends is more than a pipe holds, so it is in the midst of it until somebody reads."""
    file = tmp_path / "pid"
    aside = Aside(lambda: (os.getpid(), file.write_text(str(os.getpid())), "x" * 1_000_000))
    wait_for(lambda: file.is_file() and file.read_text(), lambda: "it has begun")
    time.sleep(0.3)  # until it sends
    os.kill(int(file.read_text()), signal.SIGKILL)

    assert aside.result()[0] == os.getpid()


def test_children_that_nobody_waits_for_are_no_error():
    """Some programs ignore SIGCHLD, and what they start inherits that: what ends is gone at once."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert Aside(os.getpid).result() != os.getpid()
        assert len(list(spread(lambda n: n, ITEMS, 2))) == len(ITEMS)
    finally:
        signal.signal(signal.SIGCHLD, before)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="it looks into /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_what_is_worked_out_aside_does_not_outlive_its_parent(how):
    """Not even as it sends more than a pipe holds."""
    with started([sys.executable, "-c", SENDER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as parent:
        (pid,) = map(int, first_lines(parent, 1))
        assert is_alive(pid)
        parent.send_signal(how)
        parent.wait(LONG)

    wait_for(lambda: not is_alive(pid), lambda: f"the process {pid} is gone")


def test_a_process_with_other_threads_works_out_by_itself_what_is_asked_for():
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert Aside(os.getpid).result() == os.getpid()
    finally:
        done.set()
        thread.join()


def test_what_nobody_asks_for_leaves_no_process(tmp_path):
    file = tmp_path / "pid"
    aside = Aside(lambda: file.write_text(str(os.getpid())) and time.sleep(LONG))
    wait_for(lambda: file.is_file() and file.read_text(), lambda: "it has begun")
    del aside

    assert not is_alive(int(file.read_text()))
