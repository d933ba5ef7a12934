"""Compute the table of Han characters that look alike, by drawing an OFL font and comparing.

Every character of GB 2312 is drawn, blurred a little and compared with every other: the mean of the
cosine of the whole pictures and of the best of their four halves, because characters that share
their
right or left, upper or lower component are those that are confused. The nearest neighbours above a
floor are kept, both ways.

    python tools/matching/han_lookalikes.py --font NotoSansSC_400Regular.ttf \
        --out service/matching/data/han_lookalikes.csv [--check same_stroke.txt]

The font is Noto Sans SC (SIL Open Font License 1.1; package @expo-google-fonts/noto-sans-sc). The
table holds facts about shapes, no part of the font.
"""

import argparse
import csv
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = 56
"""Pixels a character is drawn in, square."""
SMALL = 28
"""Pixels it is compared in."""
FLOOR = 0.835
"""Least likeness of two look-alikes: about six neighbours a character, see --check."""
MOST = 10
"""Neighbours kept of one character."""


def characters() -> list[str]:
    """The 6,763 Han characters of GB 2312, in code order."""
    found = []
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.append(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return sorted(found)


def picture(character: str, font: ImageFont.FreeTypeFont) -> NDArray[np.float32]:
    """A character as blurred ink, SMALL x SMALL."""
    canvas = Image.new("L", (SIZE, SIZE))
    ImageDraw.Draw(canvas).text((SIZE / 2, SIZE / 2), character, fill=255, font=font, anchor="mm")
    soft = canvas.filter(ImageFilter.GaussianBlur(1.2)).resize((SMALL, SMALL))
    return np.asarray(soft, np.float32)


def cosines(ink: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cosine of every picture (or part of it) with every other, after centring."""
    flat = ink.reshape(len(ink), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    flat = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)
    return flat @ flat.T


def likeness(ink: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean of the cosine of the whole and of the best half, symmetric."""
    half = SMALL // 2
    parts = (ink[:, :, :half], ink[:, :, half:], ink[:, :half], ink[:, half:])
    best = cosines(parts[0])
    for part in parts[1:]:
        np.maximum(best, cosines(part), out=best)
    return (cosines(ink) + best) / 2


def neighbours(letters: list[str], font_path: Path) -> dict[str, list[tuple[str, float]]]:
    """Look-alikes of every character with their likeness, the closest first, both ways."""
    font = ImageFont.truetype(str(font_path), SIZE - 8)
    ink = np.stack([picture(letter, font) for letter in letters])
    table: dict[str, dict[str, float]] = {letter: {} for letter in letters}
    for at, row in enumerate(likeness(ink)):
        row[at] = 0
        for other in np.argsort(-row)[:MOST]:
            if row[other] >= FLOOR:
                table[letters[at]][letters[other]] = float(row[other])
                table[letters[other]][letters[at]] = float(row[other])
    return {
        letter: sorted(near.items(), key=lambda item: (-item[1], item[0]))
        for letter, near in table.items()
        if near
    }


def check(table: dict[str, list[tuple[str, float]]], groups: Path) -> None:
    """Print how the table stands against groups of look-alikes (characters, tab-separated)."""
    wanted = set()
    for line in groups.read_text(encoding="utf-8").splitlines():
        members = line.split("\t")
        if not line.startswith("#"):
            wanted |= {(a, b) for a in members for b in members if a != b and a and b}
    ours = {(a, b): score for a, near in table.items() for b, score in near}
    for floor in (0.835, 0.85, 0.87, 0.89, 0.91):
        kept = {pair for pair, score in ours.items() if score >= floor}
        shared = len(kept & wanted)
        print(
            f"floor {floor:.2f}: {len(kept)} pairs, listed {shared / len(kept):.3f},"
            f" recall {shared / len(wanted):.3f}"
        )


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--font", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--check", type=Path)
    options = parser.parse_args()
    table = neighbours(characters(), options.font)
    with options.out.open("w", encoding="utf-8", newline="") as lines:
        lines.write(
            "# Han characters that look alike when drawn in Noto Sans SC (OFL 1.1);"
            " made by tools/matching/han_lookalikes.py\n"
        )
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["character", "alike"])
        writer.writerows(
            (letter, "".join(other for other, _ in near)) for letter, near in table.items()
        )
    if options.check:
        check(table, options.check)
    return 0


if __name__ == "__main__":
    sys.exit(main())
