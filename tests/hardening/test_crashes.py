"""What a build leaves when it is killed, and what it does beside another one."""

import fcntl
import os
import subprocess
import sys
import threading

import pytest

from commentary.publishing.writing import STAGE
from tests.factories import POST, write_project
from tests.folders import tree
from tests.hardening.kills import Killer, kill_at, timed
from tests.hardening.running import ONE_LINE, commentary
from tests.hardening.sizes import KILLS, tell

BUILD = ("build", "--now", "2025-05-01")
WORDS = ("only a pause", "over at last")


def post(words: int, number: int) -> str:
    return POST.replace("only a pause", WORDS[words]).replace("29/tariff", f"29/tariff-{number}")


def write(project, words):
    for number in range(12):
        (project / f"content/posts/2025-04-30-number-{number}.md").write_text(post(words, number))


@pytest.fixture(name="project")
def _project(tmp_path):
    return write_project(tmp_path / "project", {f"2025-04-30-number-{n}.md": post(0, n) for n in range(12)})


def clean_builds(project, tmp_path):
    """The trees of both states of the project, each built where nothing was before."""
    trees = []
    for words in (0, 1):
        write(project, words)
        output = tmp_path / f"clean-{words}"
        assert commentary(project, *BUILD, "--output", str(output)).returncode == 0
        trees.append(tree(output))
    assert trees[0] != trees[1]
    return trees


def test_a_build_killed_at_any_moment_leaves_no_torn_file_and_the_next_completes_it(project, tmp_path):
    """Every file that readers can reach is wholly of the old site or wholly of the new, whenever the build died."""
    clean = clean_builds(project, tmp_path)
    whole = [set(files.items()) for files in clean]
    output = project / "output"
    killer = Killer(project, BUILD, seed=7)
    for turn in range(KILLS):
        write(project, turn % 2)
        killer.strike()
        left = {name: data for name, data in tree(output).items() if not name.startswith(".commentary")}
        torn = [name for name in left if (name, left[name]) not in whole[0] and (name, left[name]) not in whole[1]]
        assert torn == [], f"turn {turn}, killed after {killer.moment:.3f} s"
        if turn % 5 == 4:
            assert commentary(project, *BUILD).returncode == 0
            assert tree(output) == clean[turn % 2], f"turn {turn}"
    assert killer.killed >= KILLS // 3
    tell(f"{KILLS} builds started, {killer.killed} killed: 0 torn files")


def test_readers_of_a_site_under_change_get_every_page_whole(project, tmp_path):
    """While builds go on, no read fails and none gives what neither site holds."""
    clean = clean_builds(project, tmp_path)
    write(project, 0)
    assert commentary(project, *BUILD).returncode == 0
    output = project / "output"
    pages = [name for name in clean[0] if name.endswith(".html") and name in clean[1]]
    known = {name: {clean[0][name], clean[1][name]} for name in pages}
    wrong, reads, done = [], 0, threading.Event()

    def read():
        nonlocal reads
        while not done.is_set():
            for name in pages:
                reads += 1
                try:
                    data = (output / name).read_bytes()
                except OSError as cause:
                    wrong.append(f"{name}: {cause}")
                    continue
                if data not in known[name]:
                    wrong.append(f"{name}: torn")

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for turn in (1, 0, 1):
            write(project, turn)
            assert commentary(project, *BUILD).returncode == 0
    finally:
        done.set()
        reader.join()
    assert wrong == []
    assert reads > 1000


def test_a_second_build_names_the_one_that_is_at_work(project):
    assert commentary(project, *BUILD).returncode == 0
    write(project, 1)
    before = tree(project / "output")
    stage = project / "output" / STAGE
    stage.mkdir()
    (stage / "holder").write_text(f"{os.getpid()}\n")
    handle = os.open(project / "output", os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        result = commentary(project, *BUILD)
    finally:
        os.close(handle)

    assert result.returncode == 2
    assert ONE_LINE.fullmatch(result.stderr)
    assert f"process {os.getpid()}" in result.stderr
    assert before.items() <= tree(project / "output").items()


def test_a_lock_is_gone_when_its_holder_is_dead(project):
    """However it died: the kernel knows."""
    longest = timed(project, BUILD)
    write(project, 1)
    kill_at(project, BUILD, longest * 0.9)

    assert commentary(project, *BUILD).returncode == 0
    assert not (project / "output" / STAGE).exists()


def test_of_two_builds_at_once_one_makes_the_site_and_the_other_says_why_not(project, tmp_path):
    clean = clean_builds(project, tmp_path)
    command = [sys.executable, "-m", "commentary", *BUILD]
    running = [
        subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    told = [process.communicate(timeout=120)[1] for process in running]

    statuses = [process.returncode for process in running]
    assert 0 in statuses
    assert set(statuses) <= {0, 2}
    assert all("is being written by" in text for text, status in zip(told, statuses, strict=True) if status == 2)
    assert tree(project / "output") == clean[1]
