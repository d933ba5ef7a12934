"""Pictures of invented goods: drawn, so that nobody's photograph is shown."""

import io

from PIL import Image, ImageDraw, ImageFont

SIZE = (640, 420)
PAPER, METAL, INK, PLATE = "#f4f4f0", "#8a949e", "#22303c", "#cfd8dc"


def scooter(brand: str, *, genuine: bool = True) -> bytes:
    """Return a PNG of a scooter with its brand; a counterfeit has one wheel too small."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.line([(150, 300), (420, 300), (480, 80)], fill=METAL, width=18, joint="curve")
    draw.line([(430, 80), (530, 80)], fill=INK, width=14)
    for x, radius in ((150, 55), (430, 55 if genuine else 38)):
        box = (x - radius, 355 - 2 * radius, x + radius, 355)
        draw.ellipse(box, outline=INK, width=12, fill=PLATE)
    draw.text((205, 250), brand, fill=INK, font=ImageFont.load_default(26))
    return _png(image)


def plate(brand: str, *, genuine: bool = True) -> bytes:
    """Return a PNG of the frame plate: engraved with a frame and a number, or bare."""
    image = Image.new("RGB", SIZE, METAL)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((60, 90, 580, 330), 24, fill=PLATE, outline=INK, width=6)
    if genuine:
        draw.rounded_rectangle((80, 110, 560, 310), 14, outline=METAL, width=4)
        draw.text((110, 235), "SN 2026-000417", fill=INK, font=ImageFont.load_default(36))
    font = ImageFont.load_default(60 if genuine else 52)
    draw.text((110, 135 if genuine else 175), brand, fill=INK, font=font)
    return _png(image)


def carton(brand: str) -> bytes:
    """Return a PNG of the carton."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((120, 70, 520, 360), fill="#c8a878", outline=INK, width=4)
    draw.line([(120, 130), (520, 130)], fill=INK, width=3)
    draw.text((190, 210), brand, fill=INK, font=ImageFont.load_default(44))
    return _png(image)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
