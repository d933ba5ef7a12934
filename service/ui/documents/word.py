"""Word: a template in .docx, filled in a sandbox, for papers that an office goes on editing.

Jinja as docxtpl brings it runs what a template says. Here a template sees plain values only, no
attribute of them that begins with an underscore, no function, no file; a place that the data does
not fill is an error and not an empty line.
"""

import io
from collections.abc import Mapping
from typing import Any
from zipfile import BadZipFile

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from service.core.text import N_
from service.ui.documents.errors import TemplateRefused
from service.ui.documents.naming import plain, template_path

_FILTERS = ("default", "first", "join", "last", "length", "lower", "replace", "trim", "upper")
"""What a template may do with a value; all of them are pure."""


def word(template: str, data: Mapping[str, Any]) -> bytes:
    """Fill the template `module/name` and return the .docx.

    Args:
        template: Name of a file `.docx` under `templates/`.
        data: JSON: texts, numbers, lists, objects.

    Raises:
        TemplateRefused: the template asks for what is not in the data, or reaches for the system.
        LookupError: no such template.
    """
    return fill_word(template_path(template, ".docx").read_bytes(), data, name=template)


def fill_word(source: bytes, data: Mapping[str, Any], *, name: str = "") -> bytes:
    """Fill a template that is not ours (an office's own form); see `word`."""
    try:
        document = DocxTemplate(io.BytesIO(source))
        document.render(plain(data), jinja_env=_sandbox(), autoescape=True)
        out = io.BytesIO()
        document.save(out)
    except (TemplateError, BadZipFile, KeyError, ValueError, TypeError) as fault:
        detail = N_("The template {template} does not fit: {reason}.")
        raise TemplateRefused(detail, template=name, reason=str(fault)[:200]) from None
    return out.getvalue()


class _Sandbox(ImmutableSandboxedEnvironment):
    """A template reckons nothing: `"x" * 10**9` would fill the memory."""

    intercepted_binops = frozenset({"*", "**", "%", "//", "/", "-", "+"})

    def call_binop(self, *asked: Any) -> Any:
        """Refuse whatever it is."""
        raise SecurityError(f"a template does not reckon: {asked[1]}")


def _sandbox() -> ImmutableSandboxedEnvironment:
    sandbox = _Sandbox(autoescape=True, undefined=StrictUndefined)
    sandbox.globals.clear()
    sandbox.filters = {name: sandbox.filters[name] for name in _FILTERS}
    return sandbox
