"""The workflows do what they say: their steps are run here as the scripts that they are, without GitHub."""

import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from tests.factories import POST, REPOSITORY, write_project
from tests.fetching.local_server import LocalServer
from tests.hardening.sizes import SOAK, tell
from tests.work.sources import SENTENCE, SETTINGS, STORY, page

FOLDER = REPOSITORY / ".github/workflows"
WORKFLOWS = {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.yml"))}
STEPS = [
    (name, job, step) for name, flow in WORKFLOWS.items() for job in flow["jobs"].values() for step in job["steps"]
]
POSTS = 1000 if SOAK else 100
PYTHON = """\
#!/bin/sh
shift 2  # -m commentary
exec {python} -m tests.hardening.counting "$@"
"""
GH = """\
#!/bin/sh
for word; do printf '%s|' "$word" >> "{log}"; done
echo >> "{log}"
"""


def test_every_action_is_pinned_by_its_commit():
    used = [step["uses"] for _, _, step in STEPS if "uses" in step]

    assert len(used) > 5
    assert [action for action in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action)] == []


def test_nothing_that_was_typed_is_part_of_a_script():
    scripts = [step["run"] for _, _, step in STEPS if "run" in step]

    assert len(scripts) > 5
    assert [script for script in scripts if "${{" in script] == []


def test_no_job_has_leave_for_what_it_does_not_say():
    assert len(WORKFLOWS) == 4
    assert {name: flow["permissions"] for name, flow in WORKFLOWS.items()} == {name: {} for name in WORKFLOWS}
    write = {name for name, job, _ in STEPS if "write" in job["permissions"].values()}
    assert write == {"links", "new-post", "publish"}


def test_zizmor_finds_nothing():
    own = REPOSITORY / ".venv/soak/bin/zizmor"
    zizmor = str(own) if own.exists() else shutil.which("zizmor")
    if not zizmor:
        pytest.skip("zizmor is not installed; `make soak` brings it")
    command = [zizmor, "--offline", "--persona", "pedantic", str(FOLDER)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout


@pytest.fixture(name="git")
def _git(tmp_path, monkeypatch):
    """Run git and scripts; nothing of this machine's settings is heeded."""
    for name in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{name}_NAME", "Somebody")
        monkeypatch.setenv(f"{name}_EMAIL", "somebody@remarks.example")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("PYTHONPATH", f"{REPOSITORY}/plugins:{REPOSITORY}")
    (tmp_path / "bin").mkdir()
    log = tmp_path / "gh.log"
    (tmp_path / "bin/gh").write_text(GH.format(log=log))
    (tmp_path / "bin/gh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")

    def git(folder, *arguments):
        return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout

    return git


@pytest.fixture(name="origin")
def _origin(tmp_path, git):
    """A repository as GitHub would hold it: a site, its workflows and scripts."""
    posts = {f"2025-04-{n % 28 + 1:02}-number-{n}.md": numbered(n) for n in range(POSTS)}
    files = {
        name: (REPOSITORY / name).read_text("utf-8") for name in ("publishconf.py", "pyproject.toml", ".gitignore")
    }
    work = write_project(tmp_path / "first", posts, settings=SETTINGS, files=files)
    shutil.copytree(REPOSITORY / ".github", work / ".github")
    git(work, "init", "-q", "-b", "main")
    git(work, "add", "-A")
    git(work, "commit", "-q", "-m", "Begin")
    git(tmp_path, "clone", "-q", "--bare", str(work), "origin")
    return tmp_path / "origin"


def numbered(number):
    day = f"2025-04-{number % 28 + 1:02}"
    return POST.replace("2025-04-30", day).replace("2025-04-29", "2025-03-29").replace("pause\n", f"pause {number}\n")


def check_out(git, origin, runner):
    """A fresh checkout where the runner always has it: other times, other inodes."""
    shutil.rmtree(runner, ignore_errors=True)
    git(origin.parent, "clone", "-q", str(origin), str(runner))
    (runner / ".venv/bin").mkdir(parents=True)
    (runner / ".venv/bin/python").write_text(PYTHON.format(python=sys.executable))
    (runner / ".venv/bin/python").chmod(0o755)


def run_steps(name, runner, **environment):
    """Run what a workflow runs, in its order, as GitHub does; gives what was said on stderr."""
    told = ""
    for step in [step for flow, _, step in STEPS if flow == name and "run" in step and step["name"] != "Set up"]:
        known = {key: environment.get(key, "main") for key in step.get("env", {})}
        script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        temporary = {"RUNNER_TEMP": str(runner.parent)}
        done = subprocess.run(
            script,
            cwd=runner,
            env=os.environ | known | temporary,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert done.returncode == 0, f"{step['name']}: {done.stderr}"
        told += done.stderr
    return told


def publish(git, origin, runner):
    """The publish workflow, its cache restored and saved; how many pages it rendered."""
    check_out(git, origin, runner)
    saved = runner.parent / "cache.tar"
    if saved.exists():
        subprocess.run(["tar", "--posix", "-xf", str(saved)], cwd=runner, check=True)
    told = run_steps("publish", runner, SITEURL="https://remarks.example")
    subprocess.run(["tar", "--posix", "-cf", str(saved), ".cache"], cwd=runner, check=True)
    return int(re.findall(r"^rendered (\d+)$", told, re.MULTILINE)[-1])


def test_one_new_post_renders_few_pages_on_a_runner_too(git, origin, tmp_path):
    """A fresh checkout, the cache of the run before; the register is pushed after the switch."""
    runner = tmp_path / "runner"
    cold = publish(git, origin, runner)
    assert cold > POSTS
    assert "Enter what was published" in git(origin, "log", "-1", "--format=%s")

    assert publish(git, origin, runner) == 0

    author = tmp_path / "author"
    git(tmp_path, "clone", "-q", str(origin), str(author))
    post = POST.replace("date: 2025-04-30 09:00\n", "").replace("/29/tariff", "/29/new-tariff")
    (author / "content/posts/2025-05-01-one-more.md").write_text(post)
    git(author, "add", "-A")
    git(author, "commit", "-q", "-m", "Post")
    git(author, "push", "-q", "origin", "main")
    warm = publish(git, origin, runner)
    tell(f"on a runner: {cold} pages of {POSTS} posts rendered, then 0, then {warm} for one new post")

    assert 0 < warm <= 30
    assert (runner / ".cache/pages/current/2025/05/01/one-more/index.html").is_file()
    assert "/2025/05/01/one-more/" in git(origin, "show", "main:content/data/register.json")


def test_a_form_becomes_a_branch_a_pull_request_and_a_check_of_it(git, origin, tmp_path):
    """Whatever is typed is text: a command in it is not run."""
    runner = tmp_path / "runner"
    check_out(git, origin, runner)
    typed = {"REMARK": f"So $(touch {tmp_path}/ran) `touch {tmp_path}/ran` plan for August.", "PASSAGE": SENTENCE}
    with LocalServer({"/a": page(STORY)}) as server:
        run_steps("new-post", runner, ADDRESS=f"{server.url}/a", TOPICS="trade", BRANCH="post-7", **typed)

    assert not (tmp_path / "ran").exists()
    names = git(origin, "diff", "--name-only", "main", "post-7").split()
    post = next(name for name in names if name.endswith(".md"))
    text = git(origin, "show", f"post-7:{post}")
    assert SENTENCE in text
    assert typed["REMARK"] in text
    create, check = (tmp_path / "gh.log").read_text().splitlines()
    assert create.startswith("pr|create|--base|main|--head|post-7|--title|Post 2")
    assert check == "workflow|run|check.yml|--ref|post-7|"
    assert "workflow_dispatch" in WORKFLOWS["check"][True]  # `on`, in YAML 1.1


@pytest.mark.parametrize("status", [0, 1, 2])
def test_sources_that_cannot_be_looked_at_fail_the_run(tmp_path, status):
    """A source that is gone is news and no failure, so status 1 is the ledger's, which could not be read."""
    (script,) = [step["run"] for name, _, step in STEPS if name == "links" and step["name"] == "Look at every source"]
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").write_text(f"#!/bin/sh\nexit {status}\n")
    (tmp_path / ".venv/bin/python").chmod(0o755)

    assert subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=tmp_path, check=False).returncode == status


def test_the_register_is_pushed_onto_what_came_in_meanwhile(git, origin, tmp_path):
    for name in ("runner", "author"):
        git(tmp_path, "clone", "-q", str(origin), name)
    (tmp_path / "author/unrelated.txt").write_text("x")
    git(tmp_path / "author", "add", "-A")
    git(tmp_path / "author", "commit", "-q", "-m", "Meanwhile")
    git(tmp_path / "author", "push", "-q", "origin", "main")
    (tmp_path / "runner/content/data/register.json").write_text("{}\n")
    script = tmp_path / "runner/.github/scripts/push-register.sh"

    subprocess.run([str(script)], cwd=tmp_path / "runner", env=os.environ | {"BRANCH": "main"}, check=True)

    assert git(origin, "log", "-2", "--format=%s").splitlines() == [
        "Enter what was published in the register",
        "Meanwhile",
    ]
