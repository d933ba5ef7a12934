"""How much security is asked: the figures are the rules', here is only the arithmetic.

On application it is the goods' value; of its own accord customs asks by tiers (rules
cn-gacc-security-cap and cn-gacc-security-tiers). So the mode is asked first.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal
from typing import Any

from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.recordation.detention.clocks import PATENTS
from service.recordation.detention.domain import GACC, Mode, Side
from service.recordation.detention.errors import SecurityUnknown
from service.rules.authorities import RightKind
from service.rules.authorities.showing import RuleSays, rule_says
from service.rules.loader import library
from service.rules.schema import Band, Security

CENT = Decimal("0.01")
RULES = {
    (Side.HOLDER, Mode.ON_APPLICATION): "cn-gacc-security-cap",
    (Side.HOLDER, Mode.EX_OFFICIO): "cn-gacc-security-tiers",
}
COUNTER = "cn-gacc-counter-security"
GUARANTEE = "cn-gacc-general-guarantee"


@dataclass(frozen=True, slots=True)
class Asked:
    """The security for some goods, and the rule that says so."""

    amount: Decimal
    currency: str
    rule: RuleSays
    guarantee: "Guarantee | None" = None
    """The general guarantee that may stand for it."""


@dataclass(frozen=True, slots=True)
class Guarantee:
    """The least amount of a general guarantee, and its rule."""

    minimum: Decimal
    currency: str
    rule: RuleSays


def security_for(
    *,
    authority: str,
    side: Side,
    mode: Mode,
    right_kind: RightKind,
    value: Decimal | None,
    currency: str,
    on: date,
) -> Asked:
    """Return the security asked for goods of this value.

    `value`: What the goods are worth, in the authority's currency.
    `on`: The day whose law is asked.

    Raises:
        SecurityUnknown: no amount was researched there, or there is no such security.
        Invalid: no value, none above 0, or in another currency.
    """
    rule_id = _rule(authority, side, mode, right_kind)
    found = _security(rule_id)
    if value is None or value <= 0:
        detail = N_("Enter the value of the goods.")
        raise Invalid(detail, errors=[FieldError("value", detail)])
    if currency != found.currency:
        detail = N_("Enter the value in {currency}: the amounts of the law are in it.")
        errors = [FieldError("currency", detail, {"currency": found.currency})]
        raise Invalid(detail, errors=errors, currency=found.currency)
    amount = _amount(next(b for b in found.bands if b.below is None or value < b.below), value)
    general = guarantee(on) if _general(side, mode, right_kind) else None
    return Asked(amount, found.currency, rule_says(rule_id, on), general)


def guarantee(on: date) -> Guarantee:
    """Return the least general guarantee of a holder whose mark is recorded."""
    found = _security(GUARANTEE)
    assert found.minimum is not None
    return Guarantee(Decimal(found.minimum), found.currency, rule_says(GUARANTEE, on))


def _rule(authority: str, side: Side, mode: Mode, right_kind: RightKind) -> str:
    if authority != GACC:
        raise SecurityUnknown(
            N_("No amount was researched for this authority: ask it, and enter what it says."),
            authority=authority,
        )
    if side is Side.HOLDER:
        return RULES[side, mode]
    if right_kind not in PATENTS:
        raise SecurityUnknown(
            N_("Whoever sends or receives the goods gives security for patents only."),
            authority=authority,
        )
    return COUNTER


def _general(side: Side, mode: Mode, right_kind: RightKind) -> bool:
    marks = right_kind is RightKind.TRADEMARK
    return side is Side.HOLDER and mode is Mode.EX_OFFICIO and marks


def _security(rule_id: str) -> Security:
    found = library().find(rule_id).rule.versions[-1].security
    assert found is not None, rule_id
    return found


def _amount(band: Band, value: Decimal) -> Decimal:
    if band.amount is not None:
        return Decimal(band.amount)
    share = (value * Decimal(band.percent or 100) / 100).quantize(CENT, ROUND_UP)
    return max(share, Decimal(band.at_least or 0))


def asked_of(detention: Any, on: date) -> Asked | None:
    """Return the security asked in a detention, or None where no amount can be told."""
    try:
        return security_for(
            authority=detention.authority,
            side=detention.side,
            mode=detention.mode,
            right_kind=detention.right_kind,
            value=detention.goods_value,
            currency=detention.currency,
            on=on,
        )
    except (SecurityUnknown, Invalid):
        return None
