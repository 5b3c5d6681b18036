"""Links within the site are looked up in the plan, before anything is built."""

import pytest

from tests.cli.running import commentary
from tests.factories import POST, write_project

ABOUT = "---\ntitle: About\n---\n\nSee [the topics](/topics/) and [what is gone](/gone/).\n"


def told(tmp_path, link):
    """What `check` says of a remark with that link, and its status."""
    text = POST.replace("So importers", f"So [importers]({link})")
    project = write_project(tmp_path, {"2025-04-30-tariff-pause.md": text})
    result = commentary("check", "--now", "2025-06-01", folder=project)
    return result.exit_code, [
        line for line in (result.stdout + result.stderr).splitlines() if "unanswered-link" in line
    ]


@pytest.mark.parametrize(
    "link", ["/nothing/", "../nothing", "/2025/04/30/", "/topics/diplomacy/x?a=b#c", "/topics%2fno"]
)
def test_a_link_to_no_page_is_found_at_its_line(tmp_path, link):
    status, found = told(tmp_path, "/2025/04/31/" if link == "/2025/04/30/" else link)

    assert status == 0  # the site can be built; it will not be published
    assert len(found) == 1
    assert found[0].startswith("content/posts/2025-04-30-tariff-pause.md:15: warning unanswered-link: ")


@pytest.mark.parametrize(
    "link",
    ["/topics/trade/", "/topics/trade", "../tariff-pause/", "#main", "/?q=1", "/feed.atom", "https://other.example/no/",
     "mailto:a@b.example", "/topics/%74rade/#x"],
)  # fmt: skip
def test_a_link_to_what_is_planned_is_not(tmp_path, link):
    assert told(tmp_path, link) == (0, [])


def test_pages_are_looked_at_too(tmp_path):
    project = write_project(tmp_path, files={"content/pages/about.md": ABOUT})

    result = commentary("check", "--now", "2025-06-01", folder=project)

    lines = [line for line in (result.stdout + result.stderr).splitlines() if "unanswered-link" in line]
    assert len(lines) == 1
    assert lines[0].startswith("content/pages/about.md:5: warning unanswered-link: /gone/ ")


def test_a_kept_post_is_looked_at_as_a_read_one(tmp_path):
    assert [told(tmp_path, "/nothing/") for _ in range(2)] == [told(tmp_path, "/nothing/")] * 2
