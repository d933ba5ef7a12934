"""What a decision rested on, and what opens it again: plain comparisons."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from service.registry.domain import MarkRecord
from service.registry.prepared import fold, fold_name
from service.rules.markets.packs import standing_of
from service.screening.domain import RANK, DecisionScope, Reopening, Verdict
from service.screening.schemas import HitOut, ScreeningOut

OWNERS = "; "
"""Between the owners of a mark, in an answer."""


@dataclass(frozen=True, slots=True)
class Rested:
    """What was known of a hit when somebody decided on it."""

    text: str
    """Folded words of the mark."""
    standing: str
    """What the status is worth: applied for, registered, dead …; a change within is none."""
    owner: str
    classes: tuple[int, ...]
    verdict: str
    engine: str
    rules: str

    def stored(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return asdict(self)


def rested_of(stored: Mapping[str, Any]) -> Rested:
    """Return what `Rested.stored` wrote."""
    return Rested(**{**stored, "classes": tuple(stored["classes"])})


def rested_on(hit: HitOut, answer: ScreeningOut) -> Rested:
    """Return what a hit of an answer tells."""
    return Rested(
        text=fold(hit.mark.text),
        standing=standing_of(hit.mark.status).value,
        owner=owner_key(hit.mark.owner),
        classes=tuple(hit.mark.classes),
        verdict=hit.verdict.value,
        engine=answer.engine,
        rules=answer.rules_version,
    )


def as_registered(before: Rested, record: MarkRecord) -> Rested:
    """Return what the register tells of the mark now; verdict and versions stay as they were."""
    return Rested(
        text=fold(record.text),
        standing=standing_of(record.status.value).value,
        owner=owner_key(OWNERS.join(party.name for party in record.owners)),
        classes=tuple(sorted({one.nice for one in record.classes if one.nice})),
        verdict=before.verdict,
        engine=before.engine,
        rules=before.rules,
    )


def owner_key(owner: str) -> str:
    """Return what the owners of a mark are known by."""
    return OWNERS.join(sorted(fold_name(name) for name in owner.split(OWNERS) if name))


def reopenings(
    scope: DecisionScope, before: Rested, now: Rested, *, expires_on: date | None, on: date
) -> tuple[Reopening, ...]:
    """Return why a decision no longer stands, in order; nothing: it stands.

    Another version of rules or engine opens it only where the verdict became worse by it. A
    decision on an owner is about all marks of that owner, so nothing of one mark opens it.
    """
    why = []
    if expires_on is not None and expires_on < on:
        why.append(Reopening.EXPIRED)
    if scope is not DecisionScope.OWNER:
        changed = {
            Reopening.MARK: before.text != now.text,
            Reopening.STATUS: before.standing != now.standing,
            Reopening.OWNER: before.owner != now.owner,
            Reopening.GOODS: not set(now.classes) <= set(before.classes),
        }
        why += [reason for reason, true in changed.items() if true]
    if RANK[Verdict(now.verdict)] < RANK[Verdict(before.verdict)]:
        versions = {
            Reopening.RULES: before.rules != now.rules,
            Reopening.ENGINE: before.engine != now.engine,
        }
        why += [reason for reason, true in versions.items() if true] or [Reopening.VERDICT]
    return tuple(why)
