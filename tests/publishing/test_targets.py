"""A target of publishing that cannot be right is told in one line, and nothing is written."""

import shutil

import pytest

from tests.factories import REPOSITORY
from tests.hardening.running import ONE_LINE
from tests.publishing.sites import publish, write_site


@pytest.fixture(name="project")
def _project(tmp_path):
    return write_site(tmp_path / "project")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", "no target 'live'"),
        ("[tool.commentary.targets.liv]\nkind='folder'\npath='x'", "did you mean liv?"),
        ("[tool.commentary.targets.live]\nkind='folder'", "path"),
        ("[tool.commentary.targets.live]\nkind='ftp'", "ftp"),
        ("[tool.commentary.targets.live]\nkind='rclone'\nremote='--config=x'", "remote"),
        ("[tool.commentary.targets.live]\nkind='folder'\npath=\"a\\u0000b\"", r"'a\x00b' holds a control character"),
        ("[tool.commentary.targets.live]\nkind='folder'\npath='a'\nsettings=\"a\\u0000\"", "settings: "),
        ("[tool.commentary.targets.live]\nkind='rclone'\nremote=\"a:\\u0000\"", r"remote: "),
        ("[tool.commentary.targets.live]\nkind='rclone'\nremote='a:'\nflags=[\"\\u0000\"]", r"flags.0: "),
        ("[tool.commentary", "cannot be read"),
        ("[tool.commentary]\ntargets = 5", "cannot be read"),
        ("[tool.commentary.targets]\nlive = 5", "cannot be read"),
        ("tool = 'x'", "cannot be read"),
    ],
    ids=[
        "none",
        "misspelt",
        "no path",
        "kind",
        "an option for a remote",
        "NUL in the path",
        "NUL in the settings",
        "NUL in the remote",
        "NUL in a flag",
        "toml",
        "number",
        "no table",
        "text",
    ],
)
def test_a_target_that_cannot_be_right_is_told_in_one_line(project, table, told):
    (project / "pyproject.toml").write_text(table)

    result = publish(project)

    assert result.returncode == 2
    assert ONE_LINE.fullmatch(result.stderr), result.stderr
    assert told in result.stderr


@pytest.mark.parametrize("path", ["content/posts", "theme/www", "content"])
def test_a_target_among_what_the_site_is_made_from_is_refused_and_nothing_is_left_there(project, path):
    shutil.copytree(REPOSITORY / "theme", project / "theme")
    with (project / "pelicanconf.py").open("a") as settings:
        settings.write("\nTHEME = 'theme'\n")
    (project / "pyproject.toml").write_text(f"[tool.commentary.targets.live]\nkind='folder'\npath='{path}'")
    before = sorted(file for name in ("content", "theme") for file in (project / name).rglob("*"))

    result = publish(project)

    assert result.returncode == 2
    assert ONE_LINE.fullmatch(result.stderr), result.stderr
    assert "which it is made from" in result.stderr
    assert sorted(file for name in ("content", "theme") for file in (project / name).rglob("*")) == before
