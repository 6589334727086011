from __future__ import annotations

import io
import struct
import zlib

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from cppp_cli.documents.pictures import LARGEST_FILE, LONGEST_SIDE, Picture, clean_picture
from cppp_cli.errors import PictureError

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def drawing(width=80, height=40, mode="RGB"):
    """A picture whose top left quarter is black, so that turning it shows."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill="black")
    return image.convert(mode)


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(orientation=1):
    data = Image.Exif()
    data[ORIENTATION] = orientation
    data[MAKER] = "MadeUpPhone"
    place = data.get_ifd(GPS)
    place[1], place[2], place[3], place[4] = "N", (51.0, 30.0, 26.0), "W", (0.0, 7.0, 39.0)
    return data


def opened(picture):
    image = Image.open(io.BytesIO(picture.data))
    image.load()
    return image


def black_corner(image):
    """Which corner is black."""
    grey, (w, h) = image.convert("L"), image.size
    corners = {"top left": (3, 3), "top right": (w - 4, 3), "bottom left": (3, h - 4), "bottom right": (w - 4, h - 4)}
    dark = [name for name, spot in corners.items() if grey.getpixel(spot) < 80]
    return dark[0] if len(dark) == 1 else dark


def photograph(orientation=1):
    return encoded(drawing(), "JPEG", exif=exif(orientation), comment=b"secret remark", icc_profile=SRGB, quality=95)


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def test_the_place_of_a_photograph_is_gone():
    data = photograph()
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(GPS)[2] == (51.0, 30.0, 26.0)
    picture = clean_picture(data + b"a film the telephone hung on")
    image = opened(picture)
    assert not image.getexif()
    assert not {"exif", "icc_profile", "comment", "xmp"} & set(image.info)
    for trace in (b"Exif", b"MadeUpPhone", b"secret remark", b"film", b"ICC_PROFILE"):
        assert trace not in picture.data


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [
        *[(1, "top left"), (2, "top right"), (3, "bottom right"), (4, "bottom left")],
        *[(5, "top left"), (6, "top right"), (7, "bottom right"), (8, "bottom left")],
    ],
)
def test_a_photograph_is_turned_upright(orientation, corner):
    picture = clean_picture(photograph(orientation))
    size = (80, 40) if orientation < 5 else (40, 80)
    assert (picture.width_px, picture.height_px) == size == opened(picture).size
    assert black_corner(opened(picture)) == corner


@pytest.mark.parametrize(
    ("orientation", "size", "corner"),
    [(1, (640, 320), "top left"), (6, (320, 640), "top right"), (3, (640, 320), "bottom right")],
)
def test_a_picture_from_a_telephone_in_heic_becomes_an_upright_jpeg(orientation, size, corner):
    pillow_heif.register_heif_opener()
    data = encoded(drawing(640, 320), "HEIF", exif=exif(orientation).tobytes(), quality=90)
    assert data[4:8] == b"ftyp"
    picture = clean_picture(data)
    assert (picture.media_type, picture.width_px, picture.height_px) == ("image/jpeg", *size)
    assert picture.data.startswith(b"\xff\xd8\xff")
    assert black_corner(opened(picture)) == corner
    assert not opened(picture).getexif()
    assert b"MadeUpPhone" not in picture.data


def test_png_stays_png_without_its_remarks():
    remarks = PngImagePlugin.PngInfo()
    remarks.add_text("Author", "Somebody")
    picture = clean_picture(encoded(drawing(), "PNG", pnginfo=remarks, exif=exif(6), dpi=(300, 300)))
    assert (picture.media_type, picture.width_px, picture.height_px) == ("image/png", 40, 80)
    assert black_corner(opened(picture)) == "top right"
    kinds = [picture.data[m + 4 : m + 8] for m in chunk_starts(picture.data)]
    assert set(kinds) == {b"IHDR", b"IDAT", b"IEND"}
    assert b"Somebody" not in picture.data


def chunk_starts(png):
    place = 8
    while place < len(png):
        yield place
        place += 12 + struct.unpack(">I", png[place : place + 4])[0]


@pytest.mark.parametrize(
    ("size", "kept"), [((4000, 1000), (2400, 600)), ((1000, 4000), (600, 2400)), ((300, 200), (300, 200))]
)
def test_large_pictures_are_reduced_and_small_ones_kept(size, kept):
    picture = clean_picture(encoded(drawing(*size), "JPEG"))
    assert (picture.width_px, picture.height_px) == kept
    assert max(kept) <= LONGEST_SIDE


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "RGBA", "RGB", "I;16"])
def test_every_kind_of_png_gives_the_same_picture(mode):
    image = (
        drawing().convert("L").point(lambda v: v * 257, "I").convert("I;16") if mode == "I;16" else drawing(mode=mode)
    )
    picture = clean_picture(encoded(image, "PNG"))
    assert opened(picture).mode in {"L", "RGB"}
    assert black_corner(opened(picture)) == "top left"
    assert opened(picture).convert("L").getextrema() == (0, 255)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_gives_the_same_picture(mode):
    picture = clean_picture(encoded(drawing(mode=mode), "JPEG", quality=95))
    assert opened(picture).mode == ("L" if mode == "L" else "RGB")
    assert black_corner(opened(picture)) == "top left"


def test_what_is_transparent_becomes_white():
    image = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert opened(clean_picture(encoded(image, "PNG"))).getextrema() == ((255, 255),) * 3
    palette = Image.new("P", (20, 20), 0)
    assert opened(clean_picture(encoded(palette, "PNG", transparency=0))).getextrema() == ((255, 255),) * 3


def test_of_a_moving_picture_the_first_frame_is_taken():
    frames = [drawing(), Image.new("RGB", (80, 40), "black")]
    picture = clean_picture(encoded(frames[0], "PNG", save_all=True, append_images=frames[1:]))
    assert black_corner(opened(picture)) == "top left"
    assert b"fdAT" not in picture.data


def test_two_photographs_in_one_file_give_the_first():
    frames = [drawing(), Image.new("RGB", (80, 40), "black")]
    picture = clean_picture(encoded(frames[0], "MPO", save_all=True, append_images=frames[1:]))
    assert (picture.media_type, black_corner(opened(picture))) == ("image/jpeg", "top left")


def test_a_broken_colour_profile_does_no_harm():
    picture = clean_picture(encoded(drawing(), "JPEG", icc_profile=b"not a profile", quality=95))
    assert black_corner(opened(picture)) == "top left"


def test_colours_of_a_wide_screen_are_brought_to_srgb():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    picture = clean_picture(encoded(drawing(), "JPEG", icc_profile=lab, quality=95))
    assert opened(picture).mode == "RGB"
    same = clean_picture(encoded(drawing(), "JPEG", icc_profile=SRGB, quality=95))
    assert opened(same).getpixel((70, 30)) == (255, 255, 255)


def test_cleaning_twice_keeps_the_size_and_the_same_file_gives_the_same_bytes():
    once = clean_picture(photograph(6))
    assert clean_picture(photograph(6)) == once
    twice = clean_picture(once.data)
    assert (twice.width_px, twice.height_px) == (once.width_px, once.height_px)


def test_a_pdf_is_kept_as_it_came():
    data = b"%PDF-1.7\n" + b"x" * 5000 + b"\nstartxref\n9\n%%EOF\r\n"
    assert clean_picture(data) == Picture(data, "application/pdf", 0, 0)


def huge_png(width, height):
    """A small file that announces a very large picture."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff" + b"x" * LARGEST_FILE, "larger than 25 MB"),
        (b"%PDF-1.7\nnothing", "not complete"),
        (b"GIF89a" + b"\0" * 50, "not a JPEG"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "not a JPEG"),
        (b"BM" + b"\0" * 60, "not a JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a JPEG"),
        (b"\0\0\0\x1cftypavif" + b"\0" * 50, "not a JPEG"),
        (b"PK\x03\x04" + b"\0" * 50, "not a JPEG"),
        (b"\xff\xd8\xff\xe0 no more", "cannot be read"),
        (b"\0\0\0\x1cftypheic" + b"\0" * 50, "cannot be read"),
        (photograph()[:-600], "cannot be read"),
        (encoded(drawing(800, 600), "PNG")[:-40], "cannot be read"),
        (huge_png(10, 10), "cannot be read"),
        (huge_png(30_000, 3_000), "too many dots"),
        (huge_png(11_000, 9_000), "too many dots"),
        (huge_png(60_000, 60_000), "too many dots"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(data, words):
    with pytest.raises(PictureError, match=words):
        clean_picture(data)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_damage_anywhere_is_a_picture_or_a_sentence(data):
    good = data.draw(st.sampled_from([SMALL_JPEG, SMALL_PNG]))
    place = data.draw(st.integers(0, len(good) - 1))
    damaged = good[:place] + bytes([data.draw(st.integers(0, 255))]) + good[place + 1 :]
    try:
        picture = clean_picture(damaged)
    except PictureError:
        return
    assert opened(picture).size == (picture.width_px, picture.height_px)


SMALL_JPEG, SMALL_PNG = encoded(drawing(), "JPEG", exif=exif(3)), encoded(drawing(), "PNG")
