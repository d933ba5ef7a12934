"""Papers that are served: each makes its step, and clocks count from the minute of it."""

from sqlalchemy.orm import Session

from service.cases.domain import Effect
from service.cases.models import Thread
from service.cases.reckoning import local_day
from service.cases.usecases.deadlines import open_stated
from service.cases.usecases.telling import tell
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.recordation.detention import words as _worded  # noqa: F401  names the verbs
from service.recordation.detention.domain import Side
from service.recordation.detention.entries import PaperEntry
from service.recordation.detention.errors import PaperUnfit
from service.recordation.detention.models import Detention, DetentionPaper
from service.recordation.detention.papers import BY_STEP, PAPERS
from service.recordation.detention.places import zone_of
from service.recordation.detention.repository import Detentions
from service.recordation.detention.tables import table_of
from service.recordation.detention.tables.exporter import DECLARATION
from service.recordation.detention.usecases.stepping import facts_of, make_step
from service.recordation.usecases.wording import both
from service.rules.authorities import authority


def receive_paper(
    session: Session, actor: Actor, detention: Detention, entry: PaperEntry, *, version: int
) -> DetentionPaper:
    """Enter a paper that was served: it makes its step, and clocks count from the minute of it.

    Raises:
        PaperUnfit: that authority sends no such paper to this side.
        MoveNotAllowed, MoveNotReady, MoveIncomplete, Stale: see `cases.usecases.moving.move`.
        Invalid: a date out of order.
    """
    actor.need(Permission.DETENTION_ENTER)
    paper = PAPERS[entry.kind]
    event = paper.steps.get(detention.side)
    if event is None or not paper.sent_by(detention.authority):
        raise PaperUnfit(
            N_("“{paper}” does not come from {authority} to this side. Choose another paper."),
            paper=paper.label,
            authority=authority(detention.authority).short,
        )
    _check_paper(session, actor, detention, entry)
    row = DetentionPaper(
        detention_id=detention.id,
        kind=entry.kind,
        number=entry.number,
        issued_on=entry.issued_on,
        served_at=entry.served_at,
        service=entry.service,
        stated_due=entry.stated_due,
        note=entry.note,
        entered_at=clock.now(),
        entered_by=actor.person_id,
    )
    make_step(
        session,
        actor,
        detention,
        event,
        version=version,
        when=entry.served_at,
        note=entry.note,
        proof=entry.number or both(paper.label)["zh"],
        facts=facts_of(detention, entry.service),
        values={"stated_due": entry.stated_due},
    )
    Detentions(session, actor).add(row)
    thread = session.get_one(Thread, detention.id)
    tell(
        session,
        actor,
        thread,
        "detention.paper",
        paper={"message": paper.label},
        note=entry.number,
    )
    if entry.stated_due is not None:
        _open_stated(session, actor, thread, entry, event, zone_of(detention))
    return row


def _open_stated(
    session: Session,
    actor: Actor,
    thread: Thread,
    entry: PaperEntry,
    event: str,
    zone: str,
) -> None:
    """Open the clock whose last day is printed; beside it stands what the rule computed."""
    label = PAPERS[entry.kind].label
    declares = event == "ask_status"
    title = N_("Declare the IP status, by the day on the notice") if declares else label
    assert entry.stated_due is not None
    open_stated(
        session,
        actor,
        thread,
        title=both(title),
        due=entry.stated_due,
        trigger=entry.served_at,
        event=DECLARATION if declares else f"printed:{entry.kind}:{entry.served_at.date()}",
        proof=entry.number or both(label)["zh"],
        effect=Effect.FATAL,
        zone=zone,
    )


def _check_paper(session: Session, actor: Actor, detention: Detention, entry: PaperEntry) -> None:
    served = local_day(entry.served_at, zone_of(detention))
    errors = []
    if entry.served_at > clock.now():
        errors.append(FieldError("served_at", N_("That moment is still to come.")))
    if entry.issued_on and entry.issued_on > served:
        errors.append(FieldError("served_at", N_("It was served before it was issued.")))
    if entry.stated_due and entry.stated_due < served:
        errors.append(FieldError("stated_due", N_("The last day lies before the notice.")))
    first = next(iter(Detentions(session, actor).papers(detention.id)), None)
    if first is not None and entry.served_at < first.served_at:
        errors.append(FieldError("served_at", N_("That lies before the first paper.")))
    if errors:
        raise Invalid(errors[0].message, errors=errors)


def paper_steps(detention: Detention) -> list[str]:
    """Return the kinds of paper that can follow from where a detention stands."""
    events = {row.event for row in table_of(detention.side).from_(detention.status)}
    return [
        kind.value
        for kind, one in PAPERS.items()
        if one.steps.get(detention.side) in events and one.sent_by(detention.authority)
    ]


def made_by_paper(side: Side, event: str) -> bool:
    """Say whether a step is one a paper makes, on this side."""
    return any(PAPERS[kind].steps.get(side) == event for kind in BY_STEP.get(event, ()))
