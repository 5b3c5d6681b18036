"""The figures of long tests stand at the end of the run."""

from tests.hardening.sizes import TOLD


def pytest_terminal_summary(terminalreporter):
    """What the long tests counted, a line each."""
    for line in TOLD:
        terminalreporter.write_line(line)
