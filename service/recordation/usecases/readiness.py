"""How far a filing is from complete: every gap named, with the way to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from service.cases.moves import Missing
from service.core import clock
from service.core.text import N_
from service.recordation.models import Filing
from service.recordation.usecases.facts import Substance
from service.registry.domain import RightStatus
from service.rules.authorities import (
    Authority,
    DocumentNeed,
    FieldKind,
    FieldNeed,
    RightKind,
    When,
)

CHECKED_WITHIN = timedelta(days=30)
"""How old the check of the legal status may be when a filing is called ready (our own standard)."""
PATENTS = frozenset({RightKind.PATENT_INVENTION, RightKind.UTILITY_MODEL, RightKind.DESIGN})


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is there of what is needed. `score` is in whole percent, 100 only without a gap."""

    needed: int
    gaps: tuple[Missing, ...]

    @property
    def score(self) -> int:
        """Share of what is there."""
        return (self.needed - len(self.gaps)) * 100 // self.needed if self.needed else 0


@dataclass(frozen=True, slots=True)
class Case:
    """What readiness looks at: a filing begun, or one that might be."""

    authority: Authority
    substance: Substance
    answers: dict[str, Any] = field(default_factory=dict)
    states: Sequence[str] = ()
    papers: frozenset[str] = frozenset()
    filing: Filing | None = None


def fields_of(authority: Authority, kind: RightKind) -> Iterator[FieldNeed]:
    """Give the fields asked for a kind of right, in the authority's order."""
    return (one for one in authority.fields if not one.rights or kind in one.rights)


def value_of(case: Case, need: FieldNeed) -> Any:
    """Return the answer to a field: the filing's own, else the substance's."""
    if need.kind is FieldKind.STATES:
        return list(case.states)
    if need.key in case.answers:
        return case.answers[need.key]
    return case.substance.facts.get(need.source, "") if need.source else ""


def is_needed(case: Case, when: When) -> bool:
    """Say whether a field or document is asked for here."""
    substance = case.substance
    holder, kind = substance.holder, substance.asset.kind
    return {
        When.ALWAYS: True,
        When.AGENT: substance.agent is not None,
        When.FOREIGN: holder is not None and holder.country != case.authority.market,
        When.LICENCE: bool(substance.users),
        When.COPYRIGHT: kind in {RightKind.COPYRIGHT, RightKind.RELATED},
        When.PATENT: kind in PATENTS,
        When.IF_KNOWN: False,
    }[when]


def readiness(case: Case) -> Readiness:
    """Return what is missing, in the order of the form."""
    checks = [*_of_fields(case), *_of_papers(case), *_of_right(case), *_of_people(case)]
    return Readiness(len(checks), tuple(gap for gap in checks if gap is not None))


def _of_fields(case: Case) -> Iterator[Missing | None]:
    for group in case.authority.groups:
        for need in group.fields:
            if need.rights and case.substance.asset.kind not in need.rights:
                continue
            value = value_of(case, need)
            if not is_needed(case, need.when):
                if need.most and value:
                    yield _too_much(case, need, value, group.key)
                continue
            yield _gap(case, need, value, group.key)


def _gap(case: Case, need: FieldNeed, value: Any, group: str) -> Missing | None:
    href = _href(case, need, group)
    if need.affirm and value != "yes":
        return Missing(N_("Affirm: {label}"), href, {"label": need.label.model_dump()})
    if not value:
        text = {
            FieldKind.PICTURES: N_("Add a picture: {label}"),
            FieldKind.YES_NO: N_("Answer yes or no: {label}"),
            FieldKind.STATES: N_("Choose the member states"),
        }.get(need.kind, N_("Fill in: {label}"))
        return Missing(text, href, {"label": need.label.model_dump()})
    return _too_much(case, need, value, group)


def _too_much(case: Case, need: FieldNeed, value: Any, group: str) -> Missing | None:
    if need.most is None or len(value) <= need.most:
        return None
    values = {"label": need.label.model_dump(), "most": need.most}
    return Missing(N_("{label}: at most {most}"), _href(case, need, group), values)


def _of_papers(case: Case) -> Iterator[Missing | None]:
    for need in case.authority.documents:
        if is_needed(case, need.when):
            yield None if need.key in case.papers else _paper(case, need)


def _paper(case: Case, need: DocumentNeed) -> Missing:
    href = f"/filings/{case.filing.id}/papers#paper-{need.key}" if case.filing else ""
    return Missing(N_("Add the document: {label}"), href, {"label": need.label.model_dump()})


def _of_right(case: Case) -> Iterator[Missing | None]:
    asset = case.substance.asset
    href = f"/recordation/rights/{asset.id}"
    in_force = asset.status is RightStatus.IN_FORCE
    yield None if in_force else Missing(N_("The right is not in force."), href)
    fresh = asset.checked_at and asset.checked_at >= clock.now() - CHECKED_WITHIN
    text = N_("Check the legal status of the right: the last check is older than 30 days.")
    yield None if fresh else Missing(text, f"{href}#check")
    ended = asset.expires_on and asset.expires_on < clock.today()
    yield Missing(N_("The right has expired."), href) if ended else None


def _of_people(case: Case) -> Iterator[Missing | None]:
    substance = case.substance
    href = _holder_href(substance)
    reached = any(one.phone or one.mail for one in substance.contacts)
    text = N_("Name a contact who can be reached by telephone or mail.")
    yield None if reached else Missing(text, f"{href}#contacts")
    agent = substance.agent
    if agent is not None:
        held = agent.valid_to is None or agent.valid_to >= clock.today()
        text = N_("The power of attorney of the representative has ended.")
        yield None if held else Missing(text, f"{href}#agents")


def _holder_href(substance: Substance) -> str:
    if substance.holder is None:
        return f"/recordation/rights/{substance.asset.id}#holder"
    return f"/recordation/holders/{substance.holder.id}"


def _href(case: Case, need: FieldNeed, group: str) -> str:
    """Return where the answer is given: the filing's page for its own, else the substance's."""
    substance, source = case.substance, (need.source or "").partition(".")[0]
    places = {
        "holder": _holder_href(substance),
        "contacts": f"{_holder_href(substance)}#contacts",
        "agent": f"{_holder_href(substance)}#agents",
        "users": f"/authorised-users?right={substance.asset.id}",
        "goods": f"/recordation/rights/{substance.asset.id}#goods",
        "right": f"/recordation/rights/{substance.asset.id}",
    }
    pictures = need.kind is FieldKind.PICTURES
    if case.filing is not None and not pictures:
        return f"/filings/{case.filing.id}/steps/{group}#{need.key}"
    return places.get(source, f"/recordation/rights/{substance.asset.id}")
