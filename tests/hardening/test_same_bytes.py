"""One commit gives one site: whoever builds it, wherever, whenever, however."""

import os
import random
import shutil
import subprocess
import sys

import pytest

from tests.factories import REPOSITORY
from tests.folders import tree

PARTS = ("content", "theme", "pelicanconf.py")
NOW = "2025-06-01"


def clone(folder, *, seed=0):
    """The shipped site in another folder; with a seed, its files are made in another order, at other times."""
    folder.mkdir(parents=True)
    files = [p for part in PARTS for p in (REPOSITORY / part, *(REPOSITORY / part).rglob("*")) if p.is_file()]
    assert len(files) > 50
    random.Random(seed).shuffle(files)
    for number, file in enumerate(files):
        target = folder / file.relative_to(REPOSITORY)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        os.utime(target, (10**9 + seed * 10**7 + number * 1000,) * 2)
    return folder


# Somebody else, who may read what is ours (the interpreter, say) and write nothing of it.
NOBODY = 65534
READS = "-all,+dac_read_search"
AS_NOBODY = (
    "setpriv",
    f"--reuid={NOBODY}",
    f"--regid={NOBODY}",
    "--clear-groups",
    f"--inh-caps={READS}",
    f"--ambient-caps={READS}",
)


def build(project, *, started=(), cpus=None, mask=0o022, now=NOW, **environment):
    def prepare():
        os.umask(mask)
        if cpus:
            os.sched_setaffinity(0, cpus)

    command = [*started, sys.executable, "-m", "commentary", "build", *(("--now", now) if now else ())]
    done = subprocess.run(
        command,
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
        preexec_fn=prepare,
        errors="replace",
    )
    assert done.returncode == 0, done.stderr
    return tree(project / "output")


@pytest.fixture(name="first", scope="module")
def _first(tmp_path_factory):
    return build(clone(tmp_path_factory.mktemp("first") / "project"))


@pytest.mark.parametrize(
    "variation",
    [
        {},
        {"TZ": "Pacific/Auckland"},
        {"TZ": "America/St_Johns"},
        {"LANG": "C", "LC_ALL": "C"},
        {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
        {"mask": 0o077},
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242"},
        {"cpus": {0}},
        {"now": "2026-06-01"},
        {"now": None, "SOURCE_DATE_EPOCH": "1780000000"},
        {"HOME": "/nowhere", "USER": "somebody", "TMPDIR": "/nowhere"},
    ],
    ids=[
        "folder, order of files, mtime",
        "east of UTC",
        "half hours west",
        "C locale",
        "Turkish locale",
        "umask",
        "hash seed",
        "another hash seed",
        "one core",
        "a year later",
        "another clock",
        "no home",
    ],
)
def test_the_same_commit_gives_the_same_bytes(first, tmp_path, variation):
    project = clone(tmp_path / "다른 곳" / "remarks", seed=len(str(variation)) + 1)

    assert build(project, **variation) == first


def test_another_user_makes_the_same_bytes(first, tmp_path):
    if os.geteuid() or not shutil.which("setpriv"):
        pytest.skip("only root can build as somebody else")
    project = clone(tmp_path / "project", seed=3)
    for path in (project, *project.rglob("*")):
        os.chown(path, NOBODY, NOBODY)

    assert build(project, started=AS_NOBODY, HOME="/nowhere", USER="nobody") == first
    assert {path.stat().st_uid for path in (project / "output").rglob("*")} == {NOBODY}


def test_a_changed_word_gives_other_bytes(first, tmp_path):
    """The comparison can fail."""
    project = clone(tmp_path / "project")
    about = project / "content/pages/about.md"
    about.write_text(about.read_text("utf-8") + "\nOne more word.\n", "utf-8")

    assert build(project) != first
