import io
import random
import struct
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from commentary.errors import CorpusError
from commentary.findings import Finding
from commentary.images import Picture, encoded, is_light, read_picture, tells_nothing
from tests.factories import REPOSITORY

SECRET = b"Seoul, 37.5665 N"


def make_image(file: Path, size=(1600, 800), **options) -> Path:
    """A picture with its left half dark, so that one can tell which side is up."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1]), fill="black")
    image.save(file, **options)
    return file


def exif(orientation=1) -> bytes:
    data = Image.Exif()
    data[0x010E] = SECRET.decode()
    data[0x0112] = orientation
    return data.tobytes()


def read(file: Path) -> Picture:
    picture = read_picture(file, address=f"/images/{file.name}", path=f"content/images/{file.name}")
    assert isinstance(picture, Picture)
    return picture


def made(file: Path, width=None) -> Image.Image:
    picture = read(file)
    image = Image.open(io.BytesIO(encoded(str(file), picture.digest, width, str(file.parent / "cache"))))
    image.load()
    return image


def test_a_picture_has_versions_no_wider_than_itself(tmp_path):
    wide = read(make_image(tmp_path / "wide.jpg"))
    narrow = read(make_image(tmp_path / "narrow.jpg", (320, 200)))

    assert [width for width, _ in wide.versions] == [600, 1200]
    assert [width for width, _ in narrow.versions] == [320]
    assert wide.versions[0][1] == f"/images/wide.600.{wide.digest[:10]}.webp"


def test_a_picture_whose_versions_could_have_no_name_is_a_finding(tmp_path):
    longest = 255 - len(".600.0123456789.webp")
    assert read(make_image(tmp_path / f"{'n' * (longest)}.png", (600, 300)))
    file = make_image(tmp_path / f"{'n' * 251}.png", (600, 300))
    found = read_picture(file, address=f"/images/{file.name}", path="a.png")

    assert isinstance(found, Finding)
    assert found.message.endswith(f"shorten it by {251 - longest} bytes")


def test_a_version_is_webp_in_its_width_and_the_pictures_shape(tmp_path):
    version = made(make_image(tmp_path / "a.jpg"), 600)

    assert (version.format, version.size) == ("WEBP", (600, 300))


def test_a_picture_that_lies_on_its_side_is_turned(tmp_path):
    """Orientation 6: the camera was held upright; what is left in the file is up to the reader."""
    file = make_image(tmp_path / "a.jpg", (400, 200), exif=exif(orientation=6))
    picture, shown = read(file), made(file)

    assert (picture.width, picture.height) == shown.size == (200, 400)
    assert shown.convert("L").getpixel((100, 20)) < 50
    assert shown.convert("L").getpixel((100, 380)) > 200
    assert made(file, 200).size == (200, 400)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
@pytest.mark.parametrize("width", [None, 600])
@pytest.mark.parametrize("orientation", [1, 6])
def test_what_a_camera_wrote_is_not_published(tmp_path, suffix, width, orientation):
    options = {"pnginfo": PngInfo()} if suffix == "png" else {"xmp": SECRET}
    if suffix == "png":
        options["pnginfo"].add_text("Comment", SECRET.decode())
    file = make_image(tmp_path / f"a.{suffix}", exif=exif(orientation=orientation), **options)
    assert SECRET in file.read_bytes()

    picture = read(file)
    content = encoded(str(file), picture.digest, width, str(tmp_path / "cache"))
    assert SECRET not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_a_picture_that_tells_nothing_stays_as_it_is(tmp_path):
    file = make_image(tmp_path / "a.jpg")

    assert encoded(str(file), read(file).digest, None, str(tmp_path)) == file.read_bytes()


def test_transparency_stays(tmp_path):
    Image.new("RGBA", (800, 400), (0, 0, 0, 0)).save(tmp_path / "a.png")

    assert made(tmp_path / "a.png", 600).convert("RGBA").getpixel((10, 10))[3] == 0


def test_a_version_is_made_once_and_a_damaged_one_anew(tmp_path):
    file = make_image(tmp_path / "a.jpg")
    picture, cache = read(file), tmp_path / "cache"
    content = encoded(picture.file, picture.digest, 600, str(cache))
    (kept,) = (cache / "images").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")

    assert encoded(picture.file, picture.digest, 600, str(cache)) == content
    file.unlink()  # from the cache alone
    assert encoded(picture.file, picture.digest, 600, str(cache)) == content


def test_another_process_makes_the_same_bytes(tmp_path):
    file = make_image(tmp_path / "a.png")
    code = (
        "import sys, hashlib; from commentary.images import encoded; "
        f"print(hashlib.sha256(encoded({str(file)!r}, 'x', 600, sys.argv[1])).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / name)], cwd=REPOSITORY, capture_output=True, check=True
        ).stdout
        for name in ("one", "two")
    }
    assert len(runs) == 1


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_a_picture_whose_side_is_named_by_a_text_is_shown_as_it_lies(tmp_path, suffix):
    damaged = exif().replace(struct.pack(">HHIHxx", 0x0112, 3, 1, 1), struct.pack(">HHI4s", 0x0112, 2, 3, b"up"))
    file = make_image(tmp_path / f"a.{suffix}", (8, 4), exif=damaged)

    assert (read(file).width, read(file).height) == (8, 4)
    assert made(file).size == (8, 4)
    assert SECRET not in encoded(str(file), read(file).digest, None, str(tmp_path / "cache"))


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_a_picture_whose_exif_is_damaged_is_shown_or_a_finding_and_nothing_else_is_said(tmp_path, suffix):
    """Pillow warns of some damage, and raises what it likes for other."""
    chance, whole, results = random.Random(4), exif(6), Counter()
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(4):
            damaged[chance.randrange(6, len(whole))] = chance.randrange(13)
        file = make_image(tmp_path / f"a.{suffix}", (8, 4), exif=bytes(damaged))
        picture = read_picture(file, address="/images/a.jpg", path="content/images/a.jpg")
        results[type(picture)] += 1
        if isinstance(picture, Picture):
            with suppress(CorpusError):  # a finding, too
                results[bool(encoded(str(file), picture.digest, None, str(tmp_path / "cache")))] += 1

    assert results[Picture] + results[Finding] == 150
    assert results[True]


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\xff\xd8\xff\xe0 cut"])
def test_a_file_that_is_no_picture_is_a_finding(tmp_path, content):
    (tmp_path / "a.jpg").write_bytes(content)
    found = read_picture(tmp_path / "a.jpg", address="/images/a.jpg", path="content/images/a.jpg")

    assert isinstance(found, Finding)
    assert (found.path, found.rule) == ("content/images/a.jpg", "unreadable")


def test_a_picture_that_moves_is_left_alone(tmp_path):
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "a.webp", save_all=True, append_images=frames[1:])

    assert read_picture(tmp_path / "a.webp", address="/images/a.webp", path="a") is None


XMP = b"<x:xmpmeta>Seoul</x:xmpmeta>"
XMP_OF_GIF = b"!\xff\x0bXMP DataXMP" + XMP + b"\x01" + bytes(range(255, -1, -1)) + b"\x00"


def png_xmp() -> PngInfo:
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return info


@pytest.mark.parametrize(
    ("name", "told", "is_told"),
    [
        ("a.avif", {"exif": exif()}, True),
        ("a.avif", {"xmp": XMP}, True),
        ("a.avif", {}, False),
        ("a.webp", {"exif": exif()}, True),
        ("a.webp", {"xmp": XMP}, True),
        ("a.webp", {}, False),
        ("a.png", {"exif": exif()}, True),
        ("a.png", {"pnginfo": png_xmp()}, True),
        ("a.png", {}, False),
        ("a.gif", {"comment": b"made with a program"}, False),
    ],
)
def test_a_picture_that_is_copied_must_not_tell_what_a_camera_wrote_there(tmp_path, name, told, is_told):
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    moving = {} if name == "a.avif" else {"save_all": True, "append_images": frames[1:]}
    frames[0].save(tmp_path / name, **moving, **told)

    assert [f.rule for f in tells_nothing(tmp_path / name, path="a")] == ["camera-data"] * is_told


def test_nor_must_a_gif(tmp_path):
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    (tmp_path / "a.gif").write_bytes((tmp_path / "a.gif").read_bytes()[:-1] + XMP_OF_GIF + b";")

    assert [f.rule for f in tells_nothing(tmp_path / "a.gif", path="a")] == ["camera-data"]


def test_a_file_that_cannot_be_read_as_a_picture_tells_nothing(tmp_path):
    (tmp_path / "a.gif").write_bytes(b"GIF89a")

    assert list(tells_nothing(tmp_path / "a.gif", path="a")) == []


def test_versions_that_are_made_at_once_do_not_take_each_others_place(tmp_path):
    """The author's server shows several at a time."""
    picture = read(make_image(tmp_path / "a.jpg"))
    widths = [None, 100, 200, 300, 400, 500]
    for turn in range(4):
        cache = str(tmp_path / f"cache{turn}")
        with ThreadPoolExecutor(len(widths)) as pool:
            first = list(pool.map(lambda width: encoded(picture.file, picture.digest, width, cache), widths))  # noqa: B023

        assert [encoded(picture.file, picture.digest, width, cache) for width in widths] == first
        assert len(set(first)) == len(widths)


def test_a_cache_that_cannot_be_written_only_saves_nothing(tmp_path):
    picture = read(make_image(tmp_path / "a.jpg"))
    (tmp_path / "cache").write_text("a file")

    assert encoded(picture.file, picture.digest, 600, str(tmp_path / "cache")).startswith(b"RIFF")


def test_a_heavy_file_is_a_finding():
    assert [f.rule for f in is_light("content/images/a.jpg", 300_001)] == ["heavy-image"]
    assert list(is_light("content/images/a.jpg", 300_000)) == []
