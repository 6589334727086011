"""Pictures of letters and drawings, cleaned once when they are attached.

A telephone writes into every photograph where it was taken, and lays it on its side with a note to turn it. What is
kept is a new picture made from the dots alone: upright, of a sensible size, with nothing else in the file.
"""

from __future__ import annotations

import warnings
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import PictureError

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE: Final = 25 * 1024 * 1024  # bytes
LONGEST_SIDE: Final = 2400  # dots: a whole page at 200 to the inch
_MOST_DOTS: Final = 80_000_000  # more than telephones give; about 240 MB once unpacked
_JPEG_QUALITY: Final = 90
_HEIF_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_PDF_TAIL: Final = 2048  # bytes from the end in which a PDF says that it ends

_TOO_MANY_DOTS: Final = "The picture has too many dots to be opened safely. Save it smaller and attach that."
_UNREADABLE: Final = "The file cannot be read as a picture. Open it, save it again as JPEG or PNG, and attach that."


@dataclass(frozen=True, slots=True)
class Picture:
    """A cleaned picture, or a PDF as it came; a PDF has no size in dots."""

    data: bytes
    media_type: str
    width_px: int
    height_px: int


def clean_picture(data: bytes) -> Picture:
    """The picture upright, at most 2400 dots long, without place, time, device or anything else beside its dots.

    JPEG and HEIC become JPEG, PNG stays PNG. Of several frames the first is taken. What was transparent becomes white.
    A PDF is kept as it came.

    Raises:
        PictureError: the file is empty, too large, damaged, or of another kind.
    """
    if not data:
        raise PictureError("The file is empty. Attach the picture again.")
    if len(data) > LARGEST_FILE:
        raise PictureError("The file is larger than 25 MB. Save the picture in a smaller size and attach that.")
    if data.startswith(b"%PDF-"):
        if b"%%EOF" not in data[-_PDF_TAIL:]:
            raise PictureError("The PDF is not complete. Scan or save it again and attach that.")
        return Picture(data, "application/pdf", 0, 0)
    kind = _kind(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow remarks on every oddity, with paths of this machine
            return _encoded(_read(data, kind), "PNG" if kind == "PNG" else "JPEG")
    except PictureError:
        raise
    except Exception:  # noqa: BLE001  - decoders meet damaged files with errors of every class
        raise PictureError(_UNREADABLE) from None


def _kind(data: bytes) -> str:
    """Which of the three known kinds of picture the first bytes announce."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "HEIF"
    raise PictureError("The file is not a JPEG, PNG or HEIC picture or a PDF. Save it as one of these and attach that.")


def _read(data: bytes, kind: str) -> Image:
    """The picture upright and reduced, in its own colours; only its first frame."""
    from PIL import Image, ImageOps

    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    try:
        opened = Image.open(BytesIO(data), formats=(kind,))
    except Image.DecompressionBombError:
        raise PictureError(_TOO_MANY_DOTS) from None
    if opened.width * opened.height > _MOST_DOTS:
        raise PictureError(_TOO_MANY_DOTS)
    opened.load()
    profile = opened.info.get("icc_profile")
    image = _flat(ImageOps.exif_transpose(opened))
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return _in_srgb(image, profile)


def _flat(image: Image) -> Image:
    """The picture with 8 bits a colour and on white ground, in greys, in RGB or in the four colours of printers."""
    from PIL import Image as Images

    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode in {"LA", "PA", "RGBA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Images.new("RGBA", layer.size, "white")
        ground.alpha_composite(layer)
        return ground.convert("RGB")
    if image.mode in {"L", "1"}:
        return image.convert("L")
    return image.copy() if image.mode in {"RGB", "CMYK"} else image.convert("RGB")


def _in_srgb(image: Image, profile: bytes | None) -> Image:
    """The colours as screens and Word take them, so that no profile need be kept with them."""
    from PIL import ImageCms

    if image.mode == "L":
        return image
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
            if converted is not None:
                return converted
    return image.convert("RGB")


def _encoded(image: Image, kind: str) -> Picture:
    from PIL import Image as Images

    bare = Images.new(image.mode, image.size)  # what Pillow remembers of the old file stays behind
    bare.paste(image)
    out = BytesIO()
    if kind == "PNG":
        bare.save(out, "PNG")
    else:
        bare.save(out, "JPEG", quality=_JPEG_QUALITY, subsampling=0)  # handwriting keeps its edges
    return Picture(out.getvalue(), f"image/{kind.lower()}", bare.width, bare.height)
