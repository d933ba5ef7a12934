"""A mark with all its forms, ready to be compared many times."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching import forms, grounds, meaning
from service.matching.kinds import Form, FormKind


class Laid(NamedTuple):
    """Forms of one kind laid end to end, as the kernels take them."""

    codes: NDArray[np.uint32]
    starts: NDArray[np.int64]
    """Where each form begins in `codes`; one entry more than forms."""
    shares: NDArray[np.int64]


@dataclass(frozen=True)
class Prepared:
    """A mark and its forms."""

    sign: forms.Sign
    forms: tuple[Form, ...]
    """The forms an index stores."""
    evidence: meaning.Evidence | None = None
    """The table they were made with; the shipped one where none is given."""
    entered: Mapping[str, meaning.Link] | None = None
    """Links that it asks with and an index need not hold, by the text of their form."""

    @cached_property
    def by_kind(self) -> dict[str, tuple[Form, ...]]:
        """Forms by kind, those that are only asked with too."""
        kinds: dict[str, list[Form]] = {}
        for form in self.forms:
            kinds.setdefault(str(form.kind), []).append(form)
        for form in forms.asked_of(self.forms):
            kinds.setdefault(str(form.kind), []).append(form)
        return {kind: tuple(found) for kind, found in kinds.items()}

    @cached_property
    def grounds(self) -> dict[int, grounds.Ground]:
        """What links it to another mark, by the value of the kind *record*."""
        links = (self.evidence or meaning.shipped()).links
        held = self.by_kind.get(FormKind.RECORD, ())
        return grounds.grounds_of(held, links, self.entered or {})

    @cached_property
    def views(self) -> dict[object, "Prepared"]:
        """What of it some public knows, kept by what that public knows, see `tongues`."""
        return {}

    @cached_property
    def _laid(self) -> dict[str, Laid]:
        return {}

    def laid(self, kind: str) -> Laid:
        """Its forms of a kind for the kernels, laid out once."""
        if kind not in self._laid:
            forms = self.by_kind[kind]
            starts = list(accumulate((len(form.text) for form in forms), initial=0))
            self._laid[kind] = Laid(
                codes_of("".join([form.text for form in forms])),
                np.array(starts, np.int64),
                np.array([form.share for form in forms], np.int64),
            )
        return self._laid[kind]

    @property
    def empty(self) -> bool:
        """Whether nothing in the mark can be compared (only punctuation, emoji, or nothing)."""
        return not self.forms


def prepare(sign: forms.Sign, *, evidence: meaning.Evidence | None = None) -> Prepared:
    """All forms of a mark; raises nothing on any Unicode. `evidence` replaces the shipped table."""
    return Prepared(sign, forms.forms_of(sign, evidence=evidence), evidence)


def codes_of(text: str) -> NDArray[np.uint32]:
    """Code points of a form's text, as the kernels take it."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
