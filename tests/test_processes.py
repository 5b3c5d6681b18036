"""Whoever waits in a test for a process is told in time what does not come."""

import os
import sys

import pytest

from tests.processes import first_lines, started, wait_for

SAYS_TWO = [sys.executable, "-uc", "import time; print('one'); print('two'); time.sleep(600)"]


def test_a_process_that_is_not_done_is_gone_when_the_test_is():
    with pytest.raises(ZeroDivisionError), started(SAYS_TWO) as process:  # noqa: PT012 - it fails while the process runs
        assert process.poll() is None
        raise ZeroDivisionError

    assert process.poll() is not None


def test_lines_are_waited_for_so_long_and_no_longer():
    with started(SAYS_TWO, stdout=-1) as process:
        assert first_lines(process, 2) == ["one", "two"]
        with pytest.raises(AssertionError, match=r"has not printed 1 lines after 0\.1 s"):
            first_lines(process, 1, seconds=0.1)


def test_a_process_that_says_too_little_is_not_waited_for():
    with (
        started([sys.executable, "-c", "print('one')"], stdout=-1) as process,
        pytest.raises(AssertionError, match=r"has ended after b'one\\n'"),
    ):
        first_lines(process, 2)


def test_what_never_comes_true_is_told():
    asked = []
    wait_for(lambda: asked.append(1) or len(asked) == 3, lambda: "three")

    with pytest.raises(AssertionError, match=r"not so after 0\.1 s: the sky"):
        wait_for(lambda: os.path.exists("/nothing"), lambda: "the sky", seconds=0.1)  # noqa: PTH110 - it never is
