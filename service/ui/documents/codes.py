"""QR codes, for a paper that leads back to its page."""

import io

import segno


def qr(text: str) -> bytes:
    """Return a QR code of a text as SVG, to be given to a paper as `code.svg`.

    Raises:
        ValueError: the text does not fit into a code (about 2,300 bytes).
    """
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=2, xmldecl=True, svgns=True, nl=False
    )
    return out.getvalue()
