"""Write translations into catalogues: `python -m tools.i18n.fill FILE` of `English<TAB>中文` lines.

Fills the empty places of every catalogue that has the message; run `tools.i18n update` before.
"""

import sys
from pathlib import Path

from babel.messages.pofile import read_po, write_po

from service.ui.i18n import LOCALES


def main(table: Path) -> int:
    """Fill what is empty; return how many messages were filled."""
    words = dict(
        line.split("\t", 1) for line in table.read_text("utf-8").splitlines() if "\t" in line
    )
    filled = 0
    for path in sorted((LOCALES / "zh_Hans").glob("*.po")):
        with path.open("rb") as stream:
            catalogue = read_po(stream)
        before = filled
        for message in catalogue:
            if isinstance(message.id, str) and not message.string and message.id in words:
                message.string = words[message.id]
                filled += 1
        if filled > before:
            with path.open("wb") as stream:
                write_po(stream, catalogue, width=100)
    return filled


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
