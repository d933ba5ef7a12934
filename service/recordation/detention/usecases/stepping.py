"""The step itself, whether a paper makes it or we do."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from service.cases.domain import Effect
from service.cases.models import Thread
from service.cases.usecases.deadlines import open_deadline
from service.cases.usecases.moving import move
from service.core import clock
from service.core.text import N_
from service.identity.permissions import Actor
from service.recordation.detention.clocks import known
from service.recordation.detention.domain import Service
from service.recordation.detention.models import Detention
from service.recordation.detention.tables import WAITS, table_of
from service.recordation.usecases.wording import both
from service.rules.authorities import RightKind, authority

NOT_RESEARCHED = N_("Clocks of a detention by {authority}")
FACT_KINDS: Mapping[RightKind, str] = {
    RightKind.TRADEMARK: "trademark",
    RightKind.COPYRIGHT: "copyright",
    RightKind.RELATED: "copyright",
    RightKind.PATENT_INVENTION: "patent",
    RightKind.UTILITY_MODEL: "utility_model",
    RightKind.DESIGN: "design",
}


def facts_of(detention: Detention, service: Service | None = None) -> dict[str, str]:
    """Return what the rules are told of a detention, by the names of the vocabulary."""
    facts = {
        "ex_officio": "yes" if detention.mode.value == "ex_officio" else "no",
        "perishable": "yes" if detention.perishable else "no",
        "small_consignment": "yes" if detention.small_consignment else "no",
    }
    if detention.right_kind in FACT_KINDS:
        facts["right_kind"] = FACT_KINDS[detention.right_kind]
    if detention.member_state:
        facts["member_state"] = detention.member_state
    if detention.time_zone:
        facts["time_zone"] = detention.time_zone
    if service not in {None, Service.OTHER}:
        facts["service"] = str(service)
    return facts


def make_step(
    session: Session,
    actor: Actor,
    detention: Detention,
    event: str,
    *,
    when: date | datetime | None,
    **words: Any,
) -> None:
    """Take a step of the table; note since when customs waits, and where no clock is known.

    Raises: what `cases.usecases.moving.move` does.
    """
    before = detention.status
    thread = session.get_one(Thread, detention.id)
    move(session, actor, thread, detention, table_of(detention.side), event, when=when, **words)
    waits = detention.status in WAITS[detention.side]
    if detention.status != before:
        detention.waits_since = _moment(when) if waits else None
        detention.escalated = 0
    if before == "entered" and not known(detention.authority):
        _say_unknown(session, actor, thread, detention, when)
    session.flush()


def _moment(when: date | datetime | None) -> datetime:
    return when if isinstance(when, datetime) else clock.now()


def _say_unknown(
    session: Session,
    actor: Actor,
    thread: Thread,
    detention: Detention,
    when: date | datetime | None,
) -> None:
    """Open a clock without a date: nobody has read the law there, and none is made up."""
    name = authority(detention.authority).name
    deadline = open_deadline(
        session,
        actor,
        thread,
        f"{detention.authority}-detention",
        trigger=when or clock.today(),
        event="first-paper",
        effect=Effect.FATAL,
    )
    title = both(NOT_RESEARCHED)
    deadline.title = {
        "zh": title["zh"].format(authority=name.zh),
        "en": title["en"].format(authority=name.en),
    }
