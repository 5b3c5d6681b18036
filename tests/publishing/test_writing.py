import os
import stat

import pytest

from commentary.errors import OutputError
from commentary.plan import MANIFEST, Kind, Page
from commentary.plan.inputs import TextInputs
from commentary.publishing.manifest import read_manifest
from commentary.publishing.writing import write_site
from tests.folders import tree


def write(output, **files):
    """Write a site of these files; `a__b_html` stands for `a/b.html`."""
    pages = [
        Page(name.replace("__", "/").replace("_", "."), Kind.FILE, TextInputs(text)) for name, text in files.items()
    ]
    return write_site(output, pages, lambda page: page.inputs.text.encode(), key=lambda page: page.inputs.text)


@pytest.fixture(name="output")
def _output(tmp_path):
    return tmp_path / "site" / "output"


def test_files_are_written_and_remembered(output):
    written = write(output, index_html="one", a__index_html="two")

    assert written.changed == ("index.html", "a/index.html")
    assert (output / "a/index.html").read_text() == "two"
    assert set(read_manifest(output / MANIFEST)) == {"index.html", "a/index.html"}


def test_an_unchanged_file_is_not_written_again(output):
    write(output, index_html="one", a_html="two")
    before = (output / "index.html").stat().st_mtime_ns, (output / "index.html").stat().st_ino

    written = write(output, index_html="one", a_html="three")

    assert (written.changed, written.unchanged) == (("a.html",), 1)
    assert ((output / "index.html").stat().st_mtime_ns, (output / "index.html").stat().st_ino) == before


def test_stale_files_of_ours_go_with_the_folders_they_leave_empty(output):
    write(output, index_html="one", old__deep__page_html="x")

    written = write(output, index_html="one")

    assert written.removed == ("old/deep/page.html",)
    assert not (output / "old").exists()


def test_what_is_not_ours_is_not_touched(output):
    write(output, index_html="one", old__page_html="x")
    (output / "old" / "notes.txt").write_text("somebody's")

    write(output, index_html="two")

    assert (output / "old/notes.txt").read_text() == "somebody's"
    assert not (output / "old/page.html").exists()


def test_a_folder_of_somebody_else_is_refused_and_stays_as_it_was(output):
    output.mkdir(parents=True)
    (output / "index.html").write_text("somebody's")
    before = tree(output)

    with pytest.raises(OutputError, match=r"index\.html, which is not ours"):
        write(output, index_html="ours", a_html="new")

    assert tree(output) == before


def test_a_folder_that_holds_other_files_is_shared(output):
    output.mkdir(parents=True)
    (output / "CNAME").write_text("example.org")

    write(output, index_html="ours")
    write(output)

    assert (output / "CNAME").read_text() == "example.org"
    assert not (output / "index.html").exists()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"version": 99, "files": {}}', b"\xff\xfe"])
def test_a_damaged_manifest_deletes_nothing_and_the_site_is_whole(output, damage):
    write(output, index_html="one", old_html="x")
    (output / MANIFEST).write_bytes(damage)

    written = write(output, index_html="two")

    assert written.removed == ()
    assert (output / "index.html").read_text() == "two"
    assert (output / "old.html").exists()


def test_a_manifest_that_names_a_file_outside_removes_nothing_there(output):
    write(output, index_html="one")
    victim = output.parent / "victim.txt"
    victim.write_text("precious")
    manifest = output / MANIFEST
    manifest.write_text(manifest.read_text().replace('"index.html"', '"../victim.txt"'))

    write(output, index_html="one")

    assert victim.read_text() == "precious"


@pytest.mark.parametrize(
    "stray", ["a\\u0000b", "a\\ud800b", "a" * 300, "index.html/", "/etc/motd", "", "a/./b", "a//b"]
)
def test_a_manifest_that_names_what_is_no_file_counts_as_damaged(output, stray):
    write(output, index_html="one")
    manifest = output / MANIFEST
    whole = manifest.read_text()
    manifest.write_text(whole.replace('"index.html"', f'"index.html": "",\n"{stray}"'))

    write(output, index_html="one")

    assert manifest.read_text() == whole
    assert sorted(tree(output)) == [MANIFEST, "index.html"]


def test_a_site_without_pages_has_a_manifest_too(output):
    write(output, index_html="one")
    write(output)

    assert read_manifest(output / MANIFEST) == {}


def test_a_page_that_fails_to_render_leaves_the_old_site_byte_for_byte(output):
    write(output, index_html="one", a_html="two")
    before = tree(output)
    pages = [Page("index.html", Kind.FILE, TextInputs("new")), Page("a.html", Kind.FILE, TextInputs("boom"))]

    def render(page):
        if page.inputs.text == "boom":
            raise ValueError("cannot")
        return b"new"

    with pytest.raises(ValueError, match="cannot"):
        write_site(output, pages, render, key=lambda page: page.inputs.text)

    assert tree(output) == before


def test_a_build_that_was_killed_half_way_is_completed_by_the_next(output):
    """Its files are in the manifest before they are moved in, so none of them passes for somebody else's."""
    write(output, index_html="one")
    manifest = output / MANIFEST
    manifest.write_text(manifest.read_text().replace('"index.html"', '"index.html": "",\n"half.html"'))
    (output / "half.html").write_text("torn off")

    write(output, index_html="one")

    assert sorted(tree(output)) == [MANIFEST, "index.html"]


def test_modes_do_not_depend_on_the_umask(output):
    before = os.umask(0o077)
    try:
        write(output, a__index_html="one")
    finally:
        os.umask(before)

    modes = {stat.S_IMODE(p.stat().st_mode) for p in (output, output / "a")}
    assert modes == {0o755}
    assert {stat.S_IMODE(p.stat().st_mode) for p in (output / MANIFEST, output / "a/index.html")} == {0o644}


def test_an_output_that_is_a_file_is_refused(output):
    output.parent.mkdir()
    output.write_text("a file")

    with pytest.raises(OutputError, match="is a file"):
        write(output, index_html="one")

    assert output.read_text() == "a file"


@pytest.mark.parametrize("below", ["", "/blog", "/blog/more"])
def test_an_output_on_a_disk_that_is_gone_is_refused_in_one_line(tmp_path, below):
    """A link that leads nowhere, as to what is not mounted."""
    (tmp_path / "link").symlink_to(tmp_path / "mnt" / "site")

    with pytest.raises(OutputError, match=r"^[^\n]*link[^\n]*; [^\n]*$"):
        write(tmp_path / f"link{below}", index_html="one")

    assert [file.name for file in tmp_path.iterdir()] == ["link"]
