import re

import pytest
from pelican.settings import DEFAULT_CONFIG

from commentary.errors import SettingsError
from commentary.findings import Severity
from commentary.settings import OUTPUTS, load_settings
from commentary.settings.faults import misspelt
from tests.factories import REPOSITORY, write_project

PATHS = ("PATH", "OUTPUT_PATH", "THEME", "COMMENTARY_CACHE", "COMMENTARY_SNAPSHOTS")


def settings_of(folder, lines=""):
    return load_settings(write_project(folder, settings=lines) / "pelicanconf.py")


def test_the_shipped_settings_can_be_read():
    site = load_settings(REPOSITORY / "pelicanconf.py").site

    assert (site.name, site.root) == ("Parallel Remarks", "")


def test_a_site_below_its_hosts_root_knows_its_path(tmp_path):
    assert settings_of(tmp_path, 'SITEURL = "https://a.example/blog/"\n').site.root == "/blog"


def test_the_host_of_feed_ids_is_a_setting_of_its_own(tmp_path):
    """SITEURL may change; ids may not."""
    lines = 'SITEURL = "https://new.example"\nCOMMENTARY_FEED_HOST = "old.example"\n'

    assert settings_of(tmp_path, lines).site.host == "old.example"
    assert settings_of(tmp_path, 'SITEURL = "https://new.example"\n').site.host == "new.example"


def test_severities_are_the_tables_unless_set(tmp_path):
    settings = settings_of(tmp_path, 'COMMENTARY_SEVERITIES = {"no-remark": "error"}\n')

    assert settings.severity("no-remark") is Severity.ERROR
    assert settings_of(tmp_path).severity("no-remark") is Severity.WARNING


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("COMMENTARY_EMIAL = 'a@b.example'", "COMMENTARY_EMIAL.*did you mean COMMENTARY_EMAIL"),
        ("DELETE_OUTPUT_DIRECTORY = True", "DELETE_OUTPUT_DIRECTORY"),
        ("PATH = '/elsewhere/content'", "outside the project's folder"),
        ("TIMEZONE = 'Asia/Soul'", "TIMEZONE: 'Asia/Soul' is not a time zone; did you mean Asia/Seoul"),
        ("SITEURL = 'javascript:1'", "SITEURL"),
        ("SITENAME = None", "SITENAME"),
        ("COMMENTARY_SNAPSHOTS = 'output/copies'", "COMMENTARY_SNAPSHOTS.*published"),
        ("COMMENTARY_SNAPSHOTS = 'content/extra'", "COMMENTARY_SNAPSHOTS.*published"),
        ("COMMENTARY_CACHE = 'content'", "COMMENTARY_CACHE.*a folder for it alone"),
        ("COMMENTARY_CACHE = 'content/extra'", "COMMENTARY_CACHE.*a folder for it alone"),
        ("COMMENTARY_CACHE = 'output/.cache'", "COMMENTARY_CACHE.*a folder for it alone"),
        ("COMMENTARY_CACHE = '.'", "COMMENTARY_CACHE.*a folder for it alone"),
        (f"COMMENTARY_CACHE = {str(REPOSITORY / 'theme/x')!r}", "COMMENTARY_CACHE.*a folder for it alone"),
        ("COMMENTARY_WAYBACK = 'ftp://archive.example'", "COMMENTARY_WAYBACK"),
        ("COMMENTARY_MAX_SHARE = 15", r"COMMENTARY_MAX_SHARE is 15; write a share of the whole, such as 0\.15"),
        ("COMMENTARY_MAX_SHARE = '15%'", r"COMMENTARY_MAX_SHARE is '15%'; write a share of the whole, such as 0\.15"),
        ("SITENAM = 'x'", "SITENAM, which nobody reads; did you mean SITENAME"),
        ("TIME_ZONE = 'UTC'", "TIME_ZONE, which nobody reads; did you mean TIMEZONE"),
        ("SITEURL = 'your.example'", "settings cannot be right: SITEURL: 'your.example' is not a web address; it must"),
        ("COMMENTARY_MENU = ['a']", r"COMMENTARY_MENU is \['a'\]; write a list such as"),
        ("COMMENTARY_ARCHIVE = 'perhaps'", "COMMENTARY_ARCHIVE is 'perhaps'; write True or False"),
        ("COMMENTARY_TAGLINE = 3", "COMMENTARY_TAGLINE is 3; write a text in quotes"),
        ("COMMENTARY_SECURITY = ('mailto:a@b.example', 'soon')", "COMMENTARY_SECURITY: 'soon' is no day; write"),
        ("COMMENTARY_SEVERITIES = {'no-remrk': 'error'}", "no-remrk.*did you mean no-remark"),
        ("COMMENTARY_SEVERITIES = {'no-remark': 'fatal'}", "fatal.*note, warning or error"),
        ("COMMENTARY_SEVERITIES = {'bad-value': 'warning'}", "bad-value.*stays an error"),
        ("COMMENTARY_OUTPUTS = {'serch'}", "'serch' is no output; did you mean search"),
        ("COMMENTARY_OUTPUTS = 'search'", "'search' is no set of names"),
        ("COMMENTARY_SEVERITIES = ['no-remark']", "COMMENTARY_SEVERITIES.*dictionary"),
        ("COMMENTARY_SEVERITIES = {1: 2}", "names 1, which is no rule"),
        ("COMMENTARY_STREAM_SIZE = 0", "COMMENTARY_STREAM_SIZE is 0; write a whole number, at least 1"),
        ("COMMENTARY_INDEX_SIZE = 0", "COMMENTARY_INDEX_SIZE is 0"),
        ("COMMENTARY_FEED_SIZE = -3", "COMMENTARY_FEED_SIZE is -3"),
        ("COMMENTARY_STARTED = 10**30", "COMMENTARY_STARTED is 1000.*; write a year"),
        (
            "COMMENTARY_EMAIL = 'nobody'",
            "COMMENTARY_EMAIL: 'nobody' is no address to write to; write one such as 'editor@",
        ),
        ("COMMENTARY_FEED_HOST = 'a b'", "COMMENTARY_FEED_HOST: 'a b' is no host; write 'remarks.example'"),
        ("COMMENTARY_FEED_HOST = 'https://x.example/'", "COMMENTARY_FEED_HOST: .* is no host; write 'x.example'"),
        ("COMMENTARY_LICENCE_URL = 'javascript:1'", "COMMENTARY_LICENCE_URL: .*no.* web address"),
        ("COMMENTARY_MENU = [('a', 'javascript:1')]", "COMMENTARY_MENU: .*no.* web address"),
        ("COMMENTARY_MENU = [('a\\x00', '/a/')]", r"COMMENTARY_MENU holds U\+0000"),
        ("SITENAME = 'a\\x1bb'", r"SITENAME holds U\+001B"),
        ("SITENAME = '\\ud800'", r"SITENAME holds U\+D800"),
        *((f"{name} = 'a\\x00'", rf"{name} holds U\+0000") for name in PATHS),
        ("TIMEZONE = 'Asia'", "TIMEZONE.*Asia"),
        ("1 / 0", "ZeroDivisionError"),
        ("this is no python", "SyntaxError"),
    ],
)
def test_settings_that_cannot_be_right_are_told_in_one_line(tmp_path, line, told):
    with pytest.raises(SettingsError, match=told) as error:
        settings_of(tmp_path, f"{line}\n")

    assert "\n" not in str(error.value)
    assert not re.search(r"\^\[|Input should|String should|pelicanconf\.py cannot be right", str(error.value))


def test_the_outputs_are_all_unless_set_and_in_one_order_however_they_are_set(tmp_path):
    """Their order is part of every page's key."""
    assert settings_of(tmp_path).site.outputs == OUTPUTS
    assert settings_of(tmp_path, "COMMENTARY_OUTPUTS = ['rss', 'search']\n").site.outputs == ("search", "rss")
    assert settings_of(tmp_path, "COMMENTARY_OUTPUTS = set()\n").site.outputs == ()


def test_the_shipped_settings_name_every_output():
    text = (REPOSITORY / "pelicanconf.py").read_text("utf-8")

    assert [output for output in OUTPUTS if f'"{output}"' not in text] == []


def test_a_folder_without_settings_is_told(tmp_path):
    with pytest.raises(SettingsError, match=r"no pelicanconf\.py"):
        load_settings(tmp_path / "pelicanconf.py")


def test_no_setting_of_pelicans_is_taken_for_a_misspelt_one():
    assert misspelt(DEFAULT_CONFIG) is None
    assert misspelt({*DEFAULT_CONFIG, "SITENAM"})
