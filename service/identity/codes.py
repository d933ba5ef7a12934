"""Codes by which offices know an organisation: what each looks like, and its check character."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from service.core.text import N_

USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: without I, O, S, V and Z."""
USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def uscc_check_character(body: str) -> str:
    """Return the 18th character of a unified social credit code, from its first 17.

    Source: GB 32100-2015, weights 3^(i-1) modulo 31.
    """
    total = sum(
        USCC_CHARACTERS.index(character) * weight
        for character, weight in zip(body, USCC_WEIGHTS, strict=True)
    )
    return USCC_CHARACTERS[-total % 31]


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of code: its shape, and the sentences that say what is wrong."""

    shape: re.Pattern[str]
    misshapen: str
    """Message id."""
    holds: Callable[[str], bool] = bool
    broken: str = ""
    """Message id, for a code of the right shape whose check character is wrong."""

    def fault(self, code: str) -> str | None:
        """Return what is wrong with a code as `written` gives it: a message id, or None."""
        if not self.shape.fullmatch(code):
            return self.misshapen
        return None if self.holds(code) else self.broken


CODES: Mapping[str, Code] = {
    "uscc": Code(
        re.compile(f"[{USCC_CHARACTERS}]{{18}}"),
        N_("This code has 18 digits and capital letters, without I, O, S, V and Z."),
        lambda code: uscc_check_character(code[:17]) == code[17],
        N_("The last character does not fit the others: copy the code from the licence again."),
    ),
    "eori": Code(
        re.compile(r"[A-Z]{2}[A-Z0-9]{1,15}"),
        N_("An EORI number is two letters of the country and up to 15 letters and digits."),
    ),
    "customs_code": Code(
        re.compile(r"[0-9]{4}[0-9A-Z]{6}"),
        N_("A customs registration code has 10 characters, the first four of them digits."),
    ),
    "iec": Code(
        re.compile(r"[A-Z0-9]{10}"),
        N_("An Importer-Exporter Code has 10 letters and digits."),
    ),
    "country": Code(
        re.compile(r"[A-Z]{2}"),
        N_("Two-letter code, such as CN."),
    ),
}
"""By column of the organisation. EORI: Delegated Regulation (EU) 2015/2446, annex B (an..17)."""


def written(text: str) -> str:
    """Return a code as offices write it: plain capitals and digits, no spaces between."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())
