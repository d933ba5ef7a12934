"""Pictures: told by content, stripped, turned, within the limits; bombs are not unpacked."""

import io
import struct
import zlib

import pillow_heif
import pytest
from PIL import Image

from service.ui.documents.errors import PictureTooLarge, PictureUnreadable
from service.ui.documents.pictures import (
    POINTS,
    PictureKind,
    PictureLimits,
    fit_picture,
)

pillow_heif.register_heif_opener()  # to write: whichever test a worker runs first
NOISE = Image.effect_noise((600, 400), 80).convert("RGB")


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def huge_png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "HEIF"])
def test_every_kind_becomes_a_jpeg(form: str) -> None:
    picture = fit_picture(encoded(NOISE.resize((80, 60)), form))

    assert (picture.kind, picture.width, picture.height) == (PictureKind.JPEG, 80, 60)
    assert opened(picture.content).format == "JPEG"


def test_where_and_when_it_was_taken_is_left_out_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x0132] = 6, "2026:11:28 10:00:00"  # turned by a quarter; date
    exif.get_ifd(0x8825)[1] = "N"
    sent = encoded(NOISE, "JPEG", exif=exif, comment=b"secret of the factory")

    picture = fit_picture(sent)

    assert (picture.width, picture.height) == (400, 600)
    assert dict(opened(picture.content).getexif()) == {}
    assert b"secret" not in picture.content


def test_what_is_transparent_becomes_white() -> None:
    picture = fit_picture(encoded(Image.new("RGBA", (64, 64), (255, 0, 0, 0)), "PNG"))

    assert opened(picture.content).getpixel((9, 9)) == (255, 255, 255)


def test_it_keeps_bytes_and_points_and_is_the_same_each_time() -> None:
    limits = PictureLimits(bytes=20_000, longest=300)
    picture = fit_picture(encoded(NOISE, "PNG"), limits)

    assert len(picture.content) <= 20_000
    assert picture.width <= 300
    assert fit_picture(encoded(NOISE, "PNG"), limits) == picture


def test_an_office_may_ask_for_png() -> None:
    picture = fit_picture(encoded(NOISE, "JPEG"), PictureLimits(bytes=60_000, kind=PictureKind.PNG))

    assert opened(picture.content).format == "PNG"
    assert len(picture.content) <= 60_000


def test_what_cannot_be_made_small_enough_is_refused() -> None:
    with pytest.raises(PictureTooLarge):
        fit_picture(encoded(NOISE, "PNG"), PictureLimits(bytes=100))


@pytest.mark.parametrize("side", [9_200, 60_000])
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_bomb_is_not_unpacked(side: int) -> None:
    assert side * side > POINTS
    with pytest.raises(PictureTooLarge):
        fit_picture(huge_png(side, side))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"%!PS-Adobe-3.0 EPSF",
        b"%PDF-1.7",
        huge_png(8, 8),
        encoded(NOISE, "JPEG")[:900],
    ],
)
def test_what_does_not_open_is_refused_by_a_field(content: bytes) -> None:
    with pytest.raises(PictureUnreadable) as told:
        fit_picture(content)
    assert told.value.errors[0].field == "file"
