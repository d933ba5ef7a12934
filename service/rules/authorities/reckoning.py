"""Dates and fees of an authority, always by a rule of the library and never by a figure here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from service.rules.authorities.domain import Act, Authority, ByRight, FeeRow, RightKind
from service.rules.domain import Computed
from service.rules.errors import FactNeeded, NotResearched, RuleHasNoPeriod
from service.rules.evaluator import compute
from service.rules.loader import library
from service.rules.schema import Confidence, Flag, Version


class Reckoning(StrEnum):
    """Whether there is a date, and if not, why."""

    COMPUTED = "computed"
    ENDS_WITH_RIGHT = "ends_with_right"
    """The rule says: on the day the right itself ends."""
    AT_ONCE = "at_once"
    """A duty is known, but no period for it: act at once."""
    NO_END_KNOWN = "no_end_known"
    """The rule looks to the right, and the end of the right is not known."""
    NOT_RESEARCHED = "not_researched"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A date of an authority, or the reason why there is none."""

    how: Reckoning
    due: date | None = None
    rule: str = ""
    computed: Computed | None = None
    capped: bool = False
    """The right ends first, so the recordation does."""

    @property
    def opens_on(self) -> date | None:
        """Return the first day of a window, where the rule opens one."""
        return self.computed.opens_on if self.computed else None


@dataclass(frozen=True, slots=True)
class FeeAnswer:
    """What a filing costs; `amount` None: not researched."""

    amount: int | None
    currency: str = ""
    basis: str = ""
    """The law, as cited."""
    rule: str = ""
    per: str = ""
    each: int | None = None
    confidence: Confidence | None = None
    flag: Flag = Flag.NONE


UNKNOWN = Reckoned(Reckoning.NOT_RESEARCHED)


def term_end(
    authority: Authority, right: RightKind, granted_on: date, right_expires_on: date | None
) -> Reckoned:
    """Return the last day of a recordation granted on a day: never later than the right's own."""
    rule = _rule_for(authority.terms, right)
    if rule is None:
        return UNKNOWN
    facts = {"right_expires": right_expires_on.isoformat()} if right_expires_on else {}
    found = _reckon(rule, granted_on, facts)
    if found.how is Reckoning.AT_ONCE:
        if not _ends_with_right(rule):
            return replace(UNKNOWN, rule=rule)
        how = Reckoning.ENDS_WITH_RIGHT if right_expires_on else Reckoning.NO_END_KNOWN
        return Reckoned(how, right_expires_on, rule)
    if found.due and right_expires_on and right_expires_on <= found.due:
        return replace(found, due=right_expires_on, capped=True)
    return found


def decision_due(
    authority: Authority, received_on: date, *, renewal: bool = False, state: str = ""
) -> Reckoned:
    """Return by when the authority is to decide on what it received complete on a day."""
    rule = (authority.renewal_decision if renewal else None) or authority.decision
    return _reckon(rule, received_on, _state(authority, state)) if rule else UNKNOWN


def correction_due(authority: Authority, told_on: date, *, state: str = "") -> Reckoned:
    """Return by when what the authority found missing is to be supplied."""
    rule = authority.correction
    return _reckon(rule, told_on, _state(authority, state)) if rule else UNKNOWN


def renewal_window(
    authority: Authority,
    right: RightKind,
    expires_on: date,
    *,
    state: str = "",
    right_expires_on: date | None = None,
) -> Reckoned:
    """Return the window, or the last day, for renewing what ends on a day."""
    rule = _rule_for(authority.renewal, right)
    if rule is None:
        return UNKNOWN
    return _reckon(rule, right_expires_on or expires_on, _state(authority, state))


def change_due(authority: Authority, changed_on: date, *, lapse: bool = False) -> Reckoned:
    """Return by when a change of what was filed, or the end of the right, is to be told."""
    if authority.change is None:
        return UNKNOWN
    rule = (authority.change.lapse if lapse else None) or authority.change.rule
    return _reckon(rule, changed_on, {})


def fee_for(
    authority: Authority, right: RightKind, act: Act, *, classes: int = 1, on: date
) -> FeeAnswer:
    """Return what an act costs on a day, for a right in so many Nice classes."""
    row = _fee_row(authority.fees, right, act)
    if row is None:
        return FeeAnswer(None)
    version = _version(row.rule, on)
    if version is None or version.fee is None:
        return FeeAnswer(None, rule=row.rule)
    fee = version.fee
    times = max(classes, 1) if fee.per == "international_class" else 1
    return FeeAnswer(
        amount=fee.amount * times,
        currency=fee.currency or "",
        basis=version.basis,
        rule=version.id,
        per=fee.per,
        each=fee.amount,
        confidence=version.confidence,
        flag=version.flag,
    )


def _reckon(rule: str, trigger: date, facts: Mapping[str, str]) -> Reckoned:
    try:
        computed = compute(rule, trigger, facts)
    except RuleHasNoPeriod:
        return Reckoned(Reckoning.AT_ONCE, rule=rule)
    except (NotResearched, FactNeeded):
        return replace(UNKNOWN, rule=rule)
    return Reckoned(Reckoning.COMPUTED, computed.due, rule, computed)


def _ends_with_right(rule: str) -> bool:
    versions = library().find(rule).rule.versions
    return versions[-1].left_out == "ends_with_right"


def _state(authority: Authority, state: str) -> dict[str, str]:
    return {"member_state": state} if authority.market == "EU" and state else {}


def _rule_for(rows: tuple[ByRight, ...], right: RightKind) -> str | None:
    named = next((row.rule for row in rows if right in row.rights), None)
    return named or next((row.rule for row in rows if not row.rights), None)


def _fee_row(rows: tuple[FeeRow, ...], right: RightKind, act: Act) -> FeeRow | None:
    fitting = [row for row in rows if row.act is act]
    named = next((row for row in fitting if right in row.rights), None)
    return named or next((row for row in fitting if not row.rights), None)


def _version(rule: str, on: date) -> Version | None:
    versions = library().find(rule).rule.versions
    return next((version for version in versions if version.holds_on(on)), None)
