"""Stored forms laid end to end, one shelf a form kind: what the oracle walks through."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.matching import kernels
from service.matching.kinds import Form
from service.matching.prepared import codes_of


@dataclass(frozen=True, slots=True)
class Shelf:
    """All forms of one kind."""

    codes: NDArray[np.uint32]
    starts: NDArray[np.int64]
    """Where each form begins in `codes`; one entry more than forms."""
    shares: NDArray[np.int64]
    owners: NDArray[np.int64]
    """Row of the mark each form belongs to, ascending."""
    hashes: NDArray[np.uint64]
    """Hash of each form, ascending."""
    order: NDArray[np.int64]
    """The form each hash belongs to."""

    def equal(self, text: str) -> NDArray[np.int64]:
        """Forms whose text is `text`, in the order of their owners."""
        codes = codes_of(text)
        wanted = np.uint64(kernels.fingerprint(codes))
        first, last = (
            np.searchsorted(self.hashes, wanted),
            np.searchsorted(self.hashes, wanted, side="right"),
        )
        forms = [
            form
            for form in self.order[first:last]
            if np.array_equal(self.codes[self.starts[form] : self.starts[form + 1]], codes)
        ]
        return np.array(sorted(forms), np.int64)


class Packer:
    """Collects the forms of one kind, mark after mark."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._shares: list[int] = []
        self._owners: list[int] = []

    def add(self, form: Form, owner: int) -> None:
        """Put a form of the mark in row `owner` on the shelf."""
        self._texts.append(form.text)
        self._shares.append(form.share)
        self._owners.append(owner)

    def columns(self) -> dict[str, NDArray[np.int64] | NDArray[np.uint32]]:
        """What was collected, as arrays: codes, lengths, shares, owners."""
        return {
            "codes": codes_of("".join(self._texts)),
            "lengths": np.array([len(text) for text in self._texts], np.int64),
            "shares": np.array(self._shares, np.int64),
            "owners": np.array(self._owners, np.int64),
        }


def shelf(columns: Iterable[dict[str, NDArray[np.int64] | NDArray[np.uint32]]]) -> Shelf:
    """One shelf from the columns of consecutive packers."""
    batches = list(columns)
    joined = {name: np.concatenate([batch[name] for batch in batches]) for name in batches[0]}
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(joined["lengths"])])
    codes = joined["codes"].astype(np.uint32)
    hashes = kernels.fingerprints(codes, starts)
    order = np.argsort(hashes, kind="stable")
    return Shelf(
        codes,
        starts,
        joined["shares"].astype(np.int64),
        joined["owners"].astype(np.int64),
        hashes[order],
        order,
    )
