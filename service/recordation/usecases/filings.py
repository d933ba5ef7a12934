"""Drafts: begun once for each right and authority, saved on every step, never lost."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Audience, ThreadKind
from service.cases.usecases.telling import tell
from service.cases.usecases.threads import let_in, open_thread
from service.cases.words import name_verbs
from service.core import clock
from service.core.errors import FieldError, Invalid, NotFound, Stale
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.recordation.domain import EDITED, KEPT, FilingStatus
from service.recordation.errors import FilingExists, FilingFrozen, RightNotRecordable
from service.recordation.models import Asset, Filing, FilingPaper
from service.recordation.repository import Assets, Filings, Mandates, check_acts_for, usable_file
from service.recordation.usecases.cases import thread_of
from service.recordation.usecases.ways import FILING
from service.rules.authorities import (
    Authority,
    FieldKind,
    FieldNeed,
    NoRecordal,
    RightKind,
    Standing,
    authority,
)
from service.rules.loader import library
from service.rules.markets import market

name_verbs(
    {
        "filing.paper_added": N_("A document was added: {paper}."),
        "filing.paper_removed": N_("A document was taken away: {paper}."),
        "filing.answered": N_("A page of the form was saved: {group}."),
    }
)
OFFICES: Mapping[str, tuple[str, ...]] = {"EU": ("EM",)}
"""Offices whose rights an authority takes beside those of its own market."""


def begin_filing(
    session: Session,
    actor: Actor,
    asset: Asset,
    authority_code: str,
    procedure: str = "",
    *,
    follows_id: UUID | None = None,
) -> Filing:
    """Begin a filing of a right with an authority.

    Raises:
        AuthorityUnknown, NoRecordal: nothing can be filed there.
        RightNotRecordable: the authority does not record this right.
        FilingExists: there is one that is not over.
        MandateMissing: no power of attorney in force.
    """
    actor.need(Permission.RECORDATION_WRITE)
    check_acts_for(session, actor, asset.organisation_id)
    one = authority(authority_code)
    chosen = check_files_there(one, asset, procedure)
    there = Filings(session, actor).unfinished(asset.id, one.code)
    if there is not None:
        raise FilingExists(
            N_("This right has a filing with this authority already."), filing=str(there.id)
        )
    thread = open_thread(
        session,
        actor,
        kind=ThreadKind.FILING,
        title=N_("{right} before {authority}"),
        organisation_id=asset.organisation_id,
        right=asset.title[:100],
        authority=one.name.model_dump(),
    )
    now = clock.now()
    filing = Filing(
        id=thread.id,
        organisation_id=asset.organisation_id,
        asset_id=asset.id,
        authority=one.code,
        procedure=chosen,
        status=FilingStatus(FILING.start),
        answers={},
        follows_id=follows_id,
        created_at=now,
        updated_at=now,
    )
    Filings(session, actor).add(filing)
    let_mandated_in(session, actor, filing)
    return filing


def check_files_there(one: Authority, asset: Asset, procedure: str) -> str:
    """Return the procedure, or refuse what the authority does not record."""
    if one.standing is not Standing.FULL:
        raise NoRecordal(
            N_("No filing can be prepared for {authority}: see its page."),
            authority=one.code,
            standing=one.standing.value,
        )
    takes = (one.market, *OFFICES.get(one.market, ()))
    abroad = asset.kind is not RightKind.COPYRIGHT and not _protected_in(asset, one.market, takes)
    if asset.kind not in one.rights or abroad:
        raise RightNotRecordable(
            N_(
                "{authority} does not record this right: it must be of a kind it takes, and in "
                "force there."
            ),
            authority=one.code,
        )
    keys = [each.key for each in one.procedures]
    if procedure and procedure not in keys:
        detail = N_("Choose one of the procedures offered.")
        raise Invalid(detail, errors=[FieldError("procedure", detail)])
    return procedure or keys[0]


def _protected_in(asset: Asset, market_code: str, takes: tuple[str, ...]) -> bool:
    """Say whether a right holds in a market: granted there, in its union, or by designation."""
    if asset.territory in takes or not set(takes).isdisjoint(asset.designations):
        return True
    if market_code != "EU":
        return False
    return len(asset.territory) == 2 and _territory(asset.territory) == "EU"


def _territory(code: str) -> str:
    try:
        return market(code).territory
    except NotFound:
        return code
    except Invalid:
        return code


def let_mandated_in(session: Session, actor: Actor, filing: Filing) -> None:
    """Let every organisation with a mandate of the exporter into the filing's thread."""
    thread = thread_of(session, actor, filing)
    for mandate in Mandates(session, actor).held(filing.organisation_id):
        let_in(
            session,
            actor,
            thread,
            organisation_id=mandate.to_id,
            audience=Audience.OWNER,
            writes=True,
        )


def save_answers(
    session: Session,
    actor: Actor,
    filing: Filing,
    group: str,
    values: Mapping[str, Any],
    *,
    version: int,
    states: Sequence[str] | None = None,
) -> Filing:
    """Save one page of the form. Empty answers fall back to the substance; nothing is checked yet.

    Raises:
        FilingFrozen: it is with the authority.
        Stale: somebody saved it meanwhile.
        Invalid: a field is not of this page, or an answer of the wrong shape.
    """
    _to_edit(session, actor, filing, version)
    one = authority(filing.authority)
    page = next((each for each in one.groups if each.key == group), None)
    if page is None:
        raise NotFound(N_("The form has no such page."))
    known = {need.key: need for need in page.fields}
    strange = [name for name in values if name not in known]
    if strange:
        detail = N_("This field is not known here.")
        raise Invalid(detail, errors=[FieldError(name, detail) for name in strange])
    answers = dict(filing.answers)
    for name, need in known.items():
        if name in values:
            answers.pop(name, None)
            if (answer := _read(need, values[name])) not in ("", []):
                answers[name] = answer
    filing.answers = answers
    if states is not None:
        filing.states = _states(states)
    filing.updated_at = clock.now()
    session.flush()
    thread = thread_of(session, actor, filing)
    tell(session, actor, thread, "filing.answered", group=page.title.model_dump())
    return filing


def _to_edit(session: Session, actor: Actor, filing: Filing, version: int | None) -> None:
    actor.need(Permission.RECORDATION_WRITE)
    check_acts_for(session, actor, filing.organisation_id)
    if filing.status not in (*EDITED, *KEPT):
        raise FilingFrozen(
            N_("It stands at “{status}”: its answers are frozen as they were sent."),
            status=filing.status.value,
        )
    if version is not None and filing.version != version:
        raise Stale(N_("Somebody changed this meanwhile. Open it again."), version=filing.version)


def _read(need: FieldNeed, value: Any) -> Any:
    if need.kind is FieldKind.LIST:
        lines = value.splitlines() if isinstance(value, str) else list(value)
        return [str(line).strip() for line in lines if str(line).strip()]
    if not isinstance(value, str):
        detail = N_("This value is not valid.")
        raise Invalid(detail, errors=[FieldError(need.key, detail)])
    text = value.strip()
    if need.kind is FieldKind.YES_NO and text not in {"", "yes", "no"}:
        detail = N_("Answer yes or no.")
        raise Invalid(detail, errors=[FieldError(need.key, detail)])
    return text


def _states(given: Sequence[str]) -> tuple[str, ...]:
    allowed = library().words.facts["member_state"].values
    wrong = [one for one in given if one not in allowed]
    if wrong:
        detail = N_("Choose member states of the EU.")
        raise Invalid(detail, errors=[FieldError("member_states", detail)])
    return tuple(dict.fromkeys(given))


def add_paper(
    session: Session, actor: Actor, filing: Filing, key: str, file_id: UUID
) -> FilingPaper:
    """Put a stored file under a line of the authority's checklist.

    Raises:
        Invalid: the list has no such line.
    """
    _to_edit(session, actor, filing, None)
    need = _need(filing, key)
    usable_file(session, actor, file_id, filing.organisation_id)
    row = session.get(FilingPaper, (filing.id, key, file_id))
    if row is None:
        row = FilingPaper(filing_id=filing.id, key=key, file_id=file_id, added_at=clock.now())
        session.add(row)
        filing.updated_at = clock.now()
        session.flush()
        tell(session, actor, thread_of(session, actor, filing), "filing.paper_added", paper=need)
    return row


def remove_paper(session: Session, actor: Actor, filing: Filing, key: str, file_id: UUID) -> None:
    """Take a file from the checklist; what was sent keeps it."""
    _to_edit(session, actor, filing, None)
    row = session.get(FilingPaper, (filing.id, key, file_id))
    if row is None:
        raise NotFound(N_("There is no such document."))
    session.delete(row)
    filing.updated_at = clock.now()
    session.flush()
    need = _need(filing, key)
    tell(session, actor, thread_of(session, actor, filing), "filing.paper_removed", paper=need)


def _need(filing: Filing, key: str) -> dict[str, str]:
    for need in authority(filing.authority).documents:
        if need.key == key:
            return need.label.model_dump()
    detail = N_("The authority's list has no such document.")
    raise Invalid(detail, errors=[FieldError("key", detail)])


def refile(session: Session, actor: Actor, filing: Filing) -> Filing:
    """Begin a new filing in place of one that is over, with its answers and papers."""
    asset = Assets(session, actor).get(filing.asset_id)
    new = begin_filing(
        session, actor, asset, filing.authority, filing.procedure, follows_id=filing.id
    )
    new.answers, new.states = dict(filing.answers), filing.states
    for paper, file in Filings(session, actor).papers(filing.id):
        session.add(
            FilingPaper(filing_id=new.id, key=paper.key, file_id=file.id, added_at=clock.now())
        )
    session.flush()
    note(session, actor, "filing.begun-anew", ("filing", new.id), follows=str(filing.id))
    return new
