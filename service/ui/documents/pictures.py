"""Pictures as an office takes them: kind told by content, nothing hidden inside, small enough."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from service.core.errors import FieldError
from service.core.text import N_
from service.ui.documents.errors import PictureTooLarge, PictureUnreadable

READ = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "HEIF")
"""Kinds we read, by Pillow's names; Pillow tries no others, whatever the content pretends."""
POINTS = 80_000_000
"""Points of the largest picture we unpack: about 240 MB of memory while it is worked on."""
QUALITIES = (92, 85, 75, 65, 50)
"""Of JPEG, tried in this order before the picture is made smaller."""
SHRINK = 0.8
SMALLEST = 64
"""Points on the longer side below which a picture shows nothing."""


class PictureKind(StrEnum):
    """What a picture is turned into, by media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """What an office asks of a picture."""

    bytes: int = 2 << 20
    kind: PictureKind = PictureKind.JPEG
    longest: int = 4000
    """Points on the longer side."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that keeps the limits and carries no metadata."""

    content: bytes
    kind: PictureKind
    width: int
    height: int


DEFAULT = PictureLimits()


def fit_picture(content: bytes, limits: PictureLimits = DEFAULT) -> Picture:
    """Turn, strip, convert and shrink a picture until it keeps the limits.

    It is turned upright as its camera noted, its colours are brought to sRGB, what is transparent
    becomes white, of a moving picture the first frame is taken. Place and time of the photograph
    and everything else beside the points is left out.

    Raises:
        PictureUnreadable: it is no picture of a kind in `READ`, or it is damaged.
        PictureTooLarge: it unpacks to more than `POINTS`, or stays over the limit of bytes.
    """
    image = _opened(content)
    image.thumbnail((limits.longest, limits.longest), Image.Resampling.LANCZOS)
    for smaller in _ever_smaller(image):
        for quality in QUALITIES if limits.kind is PictureKind.JPEG else QUALITIES[:1]:
            made = _encoded(smaller, limits.kind, quality)
            if len(made) <= limits.bytes:
                return Picture(made, limits.kind, *smaller.size)
    detail = N_("The picture cannot be made as small as {limit} bytes.")
    raise _too_large(detail, limit=limits.bytes)


def _opened(content: bytes) -> Image.Image:
    """Unpack a picture to upright sRGB points without transparency."""
    _prepared()
    try:
        with Image.open(io.BytesIO(content), formats=READ) as image:
            if image.width * image.height > POINTS:
                raise _bomb()
            image.load()
            return _flat(_in_srgb(ImageOps.exif_transpose(image)))
    except Image.DecompressionBombError:
        raise _bomb() from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError):
        detail = N_("Send a JPEG, PNG, WebP, TIFF, GIF, BMP or HEIC picture that opens.")
        raise PictureUnreadable(detail, errors=[FieldError("file", detail)]) from None


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    except ImageCms.PyCMSError:  # a profile that does not fit its picture: points as they are
        return image
    return turned or image


def _flat(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")


def _ever_smaller(image: Image.Image) -> Iterator[Image.Image]:
    yield image
    width, height = image.size
    while max(width, height) * SHRINK >= SMALLEST:
        width, height = max(1, int(width * SHRINK)), max(1, int(height * SHRINK))
        yield image.resize((width, height), Image.Resampling.LANCZOS)


def _encoded(image: Image.Image, kind: PictureKind, quality: int) -> bytes:
    out = io.BytesIO()
    bare = Image.new("RGB", image.size)
    bare.paste(image)  # points only: `info` may hold comments and thumbnails
    if kind is PictureKind.JPEG:
        bare.save(out, "JPEG", quality=quality, optimize=True)
    else:
        bare.save(out, "PNG", optimize=True)
    return out.getvalue()


@lru_cache
def _prepared() -> None:
    pillow_heif.register_heif_opener(thumbnails=False)


def _bomb() -> PictureTooLarge:
    return _too_large(N_("The picture has more than {limit} points."), limit=POINTS)


def _too_large(detail: str, *, limit: int) -> PictureTooLarge:
    return PictureTooLarge(
        detail, limit=limit, errors=[FieldError("file", detail, {"limit": limit})]
    )
