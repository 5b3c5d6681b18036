import pytest

from commentary.checks.images import images_are_there, images_have_words
from commentary.images import Picture, dressed
from commentary.model import Document
from commentary.syntax.links import rebase
from commentary.syntax.remark import render_remarks
from tests.factories import REPOSITORY, make_excerpt, make_post, make_remark, write_project
from tests.images.test_picture import make_image
from tests.site.conftest import BuiltSite, build, parse_errors

TANK = Picture("tank.jpg", "/images/tank.jpg", 1600, 900, "d" * 64)
PICTURES = {TANK.address: TANK}


def remark(markdown):
    ((*blocks,),) = render_remarks([markdown])
    return make_remark("\n".join(blocks)).model_copy(update={"html": "\n".join(blocks)})


def html_of(*parts):
    post = dressed(make_post(parts=parts), PICTURES)
    return "".join(part.html for part in post.parts)


@pytest.mark.parametrize("src", ["/images/tank.jpg", "../../../../images/tank.jpg", "/images/t%61nk.jpg"])
def test_an_image_gets_its_size_and_versions(src):
    shown = html_of(remark(f"![A tank]({src})"))

    assert 'width="1600" height="900"' in shown
    assert "/images/tank.600.dddddddddd.webp 600w, /images/tank.1200.dddddddddd.webp 1200w" in shown
    assert 'alt="A tank"' in shown


def test_all_but_a_picture_at_the_very_beginning_are_loaded_late():
    image = "![A tank](/images/tank.jpg)"

    assert html_of(remark(image)).count("lazy") == 0
    assert html_of(remark(f"{image}\n\n{image}")).count("lazy") == 1
    assert html_of(make_excerpt(), remark(image)).count("lazy") == 1


def test_a_changed_picture_changes_the_posts_that_show_it_and_no_others():
    post = make_post(parts=(remark("![A tank](/images/tank.jpg)"),))
    other = {TANK.address: Picture("tank.jpg", TANK.address, 1600, 900, "e" * 64)}

    assert dressed(post, PICTURES).digest != dressed(post, other).digest
    assert dressed(make_post(), PICTURES) == make_post()


def test_versions_are_found_from_every_page_and_every_feed():
    shown = html_of(remark("![A tank](/images/tank.jpg)"))

    assert 'srcset="/blog/images/tank.600' in rebase(shown, "/2025/a/", root="/blog")
    assert ", https://h.example/blog/images/tank.1200" in rebase(
        rebase(shown, "/a/", root="/blog"), "https://h.example/blog/a/"
    )


def test_an_image_that_is_no_file_of_ours_is_a_finding():
    post = make_post(parts=(remark("![A tank](/images/tank.jpg)\n\n![Gone](/images/gone.jpg)"),))

    assert [f.rule for f in images_are_there(post, {"/images/tank.jpg"}, REPOSITORY)] == ["missing-image"]
    page = Document(path="content/pages/a.md", digest="d", slug="a", title="A", html='<p><img src="x.jpg" alt="X"></p>')
    assert [f.path for f in images_are_there(page, {"/images/x.jpg"}, REPOSITORY)] == ["content/pages/a.md"]
    assert list(images_are_there(page, {"/a/x.jpg"}, REPOSITORY)) == []


def test_an_image_without_words_is_a_finding():
    bare = make_post(parts=(remark("![](/images/tank.jpg)"),))

    assert [f.rule for f in images_have_words(bare, REPOSITORY)] == ["image-without-words"]
    assert [f.rule for f in images_have_words(make_post(parts=(remark("![ ](/images/tank.jpg)"),)), REPOSITORY)] == [
        "image-without-words"
    ]
    assert list(images_have_words(make_post(parts=(remark("![A tank](/images/tank.jpg)"),)), REPOSITORY)) == []


def test_a_built_site_has_the_picture_and_its_versions(tmp_path):
    folder = write_project(tmp_path)
    (tmp_path / "content/images").mkdir()
    make_image(tmp_path / "content/images/tank.jpg")
    post = folder / "content/posts/2025-04-30-tariff-pause.md"
    post.write_text(post.read_text("utf-8") + "\n![A tank](/images/tank.jpg)\n", "utf-8")
    result = build(folder / "output", project=folder)
    assert result.returncode == 0, result.stderr
    site = BuiltSite(folder / "output")
    (page,) = site.posts()
    (picture,) = site.tree(page).xpath("//picture")

    assert parse_errors(page.read_bytes()) == []
    (image,) = picture.iter("img")
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("A tank", "1600", "800")
    for candidate in picture.xpath("string(source/@srcset)").split(", "):
        assert candidate.split(" ")[0].removeprefix("/") in site.files()
    assert "https://remarks.example/images/tank.600." in (site.folder / "feed.atom").read_text("utf-8")


def test_a_picture_that_is_cut_off_is_a_finding_at_the_picture(tmp_path):
    folder = write_project(tmp_path)
    (tmp_path / "content/images").mkdir()
    picture = make_image(tmp_path / "content/images/tank.jpg")
    picture.write_bytes(picture.read_bytes()[:-500])
    result = build(folder / "output", project=folder)

    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)
    assert result.stderr.startswith("content/images/tank.jpg:1: error unreadable: image file is truncated")
    assert not list((folder / "output").glob("*"))


@pytest.mark.parametrize("name", ["a.html", "a.SVG", "a.jpg.svg", "a.xml", "a"])
def test_a_file_that_could_run_scripts_is_no_picture(tmp_path, name):
    folder = write_project(tmp_path)
    (tmp_path / "content/images").mkdir()
    (tmp_path / "content/images" / name).write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'
    )
    result = build(folder / "output", project=folder)

    assert result.returncode == 1
    assert result.stderr.startswith(f"content/images/{name}:1: error unreadable: no picture by its name")


def test_a_picture_that_has_no_versions_is_copied(tmp_path):
    folder = write_project(tmp_path)
    (tmp_path / "content/images").mkdir()
    (tmp_path / "content/images/a.GIF").write_bytes(b"GIF89a")
    result = build(folder / "output", project=folder)

    assert result.returncode == 0, result.stderr
    assert (folder / "output/images/a.GIF").read_bytes() == b"GIF89a"


@pytest.mark.parametrize("name", ["images", "extra"])
def test_a_folder_of_files_that_is_a_link_is_not_followed(tmp_path, name):
    folder = write_project(tmp_path / "project")
    (tmp_path / "private").mkdir()
    (tmp_path / "private/key.gif").write_text("secret")
    (tmp_path / "project/content" / name).symlink_to(tmp_path / "private")
    result = build(folder / "output", project=folder)

    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)
    assert result.stderr.startswith(f"content/{name}:1: error unreadable: it is a link, which is not followed")
