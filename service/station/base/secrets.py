"""What a case must not be told of: every name, number, telephone and, if chosen, mark in it."""

from collections.abc import Iterable, Iterator

from service.dispute.domain import PartyRole
from service.station.base.domain import SecretKind
from service.station.base.redaction import Secret, folded
from service.station.base.repository_cases import Behind

STEMS = "甲乙丙丁戊己庚辛壬癸"
STANDS = {
    SecretKind.PERSON: "某某",
    SecretKind.PHONE: "〔电话略〕",
    SecretKind.MAIL: "〔邮箱略〕",
    SecretKind.IDENTITY: "〔代码略〕",
    SecretKind.NUMBER: "〔编号略〕",
    SecretKind.ADDRESS: "某地",
    SecretKind.MARK: "某商标",
}
"""What stands for a secret of each kind; parties are told apart by the ten stems."""
ROLES = {
    PartyRole.APPLICANT: "权利主张方",
    PartyRole.RESPONDENT: "相对方",
    PartyRole.THIRD: "第三方",
}
LEAST_DIGITS = 4
"""Digits from which a number points to something."""


def secrets_of(case: Behind, *, hides_marks: bool) -> list[Secret]:
    """Return all that the texts of a typical case are searched for."""
    found = [*_parties(case), *_people(case), *_numbers(case)]
    if hides_marks:
        found += _marks(case)
    seen: dict[str, Secret] = {}
    for one in found:
        key = folded(one.text).text
        if key and key not in seen:
            seen[key] = one
    return list(seen.values())


def _of(kind: SecretKind, texts: Iterable[str | None]) -> Iterator[Secret]:
    return (Secret(kind, text.strip(), STANDS[kind]) for text in texts if text and text.strip())


def _parties(case: Behind) -> Iterator[Secret]:
    names = {one.name: ROLES.get(one.role, "相关方") for one in case.parties if one.name}
    if case.intake is not None:
        names.setdefault(case.intake.visitor, "来访方")
    for one in case.detentions:
        for name in (one.consignor, one.consignee):
            names.setdefault(name, "收发货方")
    for organisation in case.organisations:
        for name in (organisation.name_zh, organisation.name_en):
            names.setdefault(name, "企业")
    for place, (name, role) in enumerate(item for item in names.items() if item[0].strip()):
        stem = STEMS[place % len(STEMS)]
        yield Secret(SecretKind.PARTY, name.strip(), f"{role}{stem}")
    yield from _of(SecretKind.ADDRESS, (one.address for one in case.parties))
    yield from _of(SecretKind.ADDRESS, (one.address for one in case.organisations))


def _people(case: Behind) -> Iterator[Secret]:
    yield from _of(SecretKind.PERSON, (one.representative for one in case.parties))
    yield from _of(SecretKind.PERSON, (one.name for one in case.people))
    yield from _of(SecretKind.PERSON, (one.name for one in case.contacts))
    yield from _of(SecretKind.IDENTITY, (one.identity for one in case.parties))
    yield from _of(SecretKind.MAIL, (one.email for one in case.people))
    yield from _of(SecretKind.PHONE, (one.phone for one in case.contacts))
    yield from _of(SecretKind.MAIL, (one.mail for one in case.contacts))
    if case.intake is not None:
        yield from _of(SecretKind.PHONE, [case.intake.contact])


def _numbers(case: Behind) -> Iterator[Secret]:
    for one in case.organisations:
        yield from _of(SecretKind.IDENTITY, (one.uscc, one.customs_code, one.eori, one.tax_number))
    intake = case.intake
    told = [
        case.thread.number,
        *(one.number for one in case.tracks),
        *case.case.rights,
        *(([intake.number, *intake.references, *intake.rights]) if intake else ()),
        *(one.declaration_no for one in case.detentions),
        *(one.right_text for one in case.detentions),
        *(one.number for one in case.papers),
    ]
    for text in told:
        if text and sum(each.isdigit() for each in text) >= LEAST_DIGITS:
            yield from _of(SecretKind.NUMBER, [text, *_runs(text)])


def _runs(text: str) -> Iterator[str]:
    """Return the runs of digits in a text: a right is often told by its bare number."""
    run = ""
    for each in [*text, " "]:
        if each.isdigit():
            run += each
        else:
            if len(run) > LEAST_DIGITS:
                yield run
            run = ""


def _marks(case: Behind) -> Iterator[Secret]:
    intake = case.intake
    marks = [*(intake.marks if intake else ()), *(one.mark_used for one in case.detentions)]
    yield from _of(SecretKind.MARK, marks)
    plain = (one for one in case.case.rights if not any(each.isdigit() for each in one))
    yield from _of(SecretKind.MARK, plain)
