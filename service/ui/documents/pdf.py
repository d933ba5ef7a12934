"""PDF: a Typst template, data and pictures. The same input gives the same bytes.

Data goes in as JSON and is never part of the program, so nothing in it is taken for markup. Only
the font beside this file is used, whatever the machine has.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from service.core.text import N_
from service.ui.documents import font
from service.ui.documents.errors import TemplateRefused
from service.ui.documents.naming import TEMPLATES, plain, template_path
from service.ui.i18n import Language, translator

KIT = TEMPLATES / "kit.typ"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the foot of every page says beside the page number."""

    reference: str
    """Our number of the matter, or the like."""
    made_at: datetime
    """Aware; it is the time in the file too, so that the same paper has the same bytes."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that a paper is made of."""

    template: str
    """`module/name` of a file `.typ` under `templates/`."""
    data: Mapping[str, Any]
    """JSON: texts, numbers, lists, and pairs `{"zh": …, "en": …}`."""
    imprint: Imprint
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Pictures by name (`photo1.jpg`, `code.svg`), which the data refers to."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 over template, data and pictures: the hash at the foot of the page."""
        digest = hashlib.sha256(template_path(self.template, ".typ").read_bytes())
        digest.update(_json(plain(self.data)).encode())
        for name, content in sorted(self.files.items()):
            digest.update(f"\n{name} {hashlib.sha256(content).hexdigest()}".encode())
        return digest.hexdigest()


def pdf(paper: Paper) -> bytes:
    """Set a paper and return the PDF, its fonts embedded in part.

    Raises:
        TemplateRefused: the template does not fit the data.
        LookupError: no such template.
        ValueError: a picture's name is not a plain file name.
    """
    with tempfile.TemporaryDirectory(prefix="markpass-paper-") as folder:
        main = _laid_out(paper, Path(folder))
        try:
            made = _compiler(main).compile(
                format="pdf", timestamp=int(paper.imprint.made_at.timestamp())
            )
        except typst.TypstError as fault:
            detail = N_("The template {template} does not fit: {reason}.")
            raise TemplateRefused(
                detail, template=paper.template, reason=fault.message.strip()
            ) from None
    assert isinstance(made, bytes)
    return made


def _laid_out(paper: Paper, folder: Path) -> Path:
    """Put everything a paper may read into a folder, outside of which it can read nothing."""
    shutil.copy(KIT, folder / "kit.typ")
    main = folder / "main.typ"
    shutil.copy(template_path(paper.template, ".typ"), main)
    for name, content in paper.files.items():
        if not name or name != Path(name).name or name in {"kit.typ", "main.typ", "data.json"}:
            raise ValueError(f"not a plain file name: {name!r}")
        (folder / name).write_bytes(content)
    inputs = {"data": plain(paper.data), "imprint": _imprint(paper)}
    text = _json(font.all_drawable(inputs))
    (folder / "data.json").write_text(text, encoding="utf-8")
    return main


def _imprint(paper: Paper) -> dict[str, str]:
    at = paper.imprint.made_at
    told = {language.value[:2]: translator(language).moment(at) for language in Language}
    return {"reference": paper.imprint.reference, "hash": paper.fingerprint, **told}


def _compiler(main: Path) -> typst.Compiler:
    return typst.Compiler(main, root=main.parent, font_paths=_fonts(), ignore_system_fonts=True)


@lru_cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[font.FOLDER]
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
