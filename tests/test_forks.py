import subprocess
import sys

from tests.factories import REPOSITORY


def test_work_shared_out_among_processes_comes_back_whole_or_not_at_all():
    """The promises stand in forks.py. They have a process of their own: a process with other threads is not
    forked, and the servers of other tests leave threads in this one."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/forks.py"]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=240)

    assert result.returncode == 0, result.stdout
    assert "20 passed" in result.stdout
