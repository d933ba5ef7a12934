"""One click from what this service found to a case: each origin is a line of a table.

The state that was seen (query, register editions, scores, reasons, hash) becomes the case's first
evidence, as the very bytes. A detention becomes a case in the room above (`desk.holds`).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import NotFound
from service.core.files import Files
from service.core.text import N_
from service.dispute.domain import DisputeKind, PartyRole, RightKind, ServiceLine, Side, Source
from service.dispute.models import DisputeCase
from service.dispute.usecases.opening import Frozen, open_case
from service.identity.permissions import Actor, Permission
from service.registry.repository import Marks
from service.screening.models import Alert
from service.screening.repository import Screenings, register_states
from service.screening.usecases.screening import fetch_screening
from service.screening.watches import Alerts, Watches

Case = Mapping[str, Any]
LEGAL: Case = {
    "service_line": ServiceLine.LEGAL_SERVICE,
    "right_kind": RightKind.TRADEMARK,
    "jurisdiction": "CN",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What an origin gives a case: its columns, its other side, what is frozen."""

    values: Case
    frozen: Sequence[Frozen]
    opponent: str = ""
    rights: Sequence[str] = field(default=())
    owner_id: UUID | None = None
    """Whose it is: a station opens the case for them."""


Origin = Callable[[Session, Actor, UUID, str], Found]


def of_screening(session: Session, actor: Actor, thing_id: UUID, part: str) -> Found:
    """Return a screening as it was given; `part` is the id of one hit of it, or empty.

    Raises:
        NotFound: no such screening in the actor's sight, or no such hit in it.
        ScreeningDamaged: what is kept is not what was given.
    """
    body = fetch_screening(session, actor, thing_id)
    owner = Screenings(session, actor).get(thing_id).organisation_id
    whole = Frozen(
        name=f"screening-{thing_id}.json",
        content=body,
        title="筛查答复 Screening answer",
        purpose="筛查时的查询、注册簿版本、得分与说明 "
        "Query, register editions, scores and reasons as of the screening",
        source=f"/screenings/{thing_id}",
    )
    answer = json.loads(body)
    names, ways = " / ".join(answer["input"]["names"]), ", ".join(answer["markets"])
    values: Case = {
        **LEGAL,
        "title": f"{names} ({ways})"[:180],
        "side": Side.ACCUSED,
        "dispute_kind": DisputeKind.INFRINGEMENT,
        "source": Source.SCREENING,
        "source_kind": "screening",
        "source_id": str(thing_id),
    }
    if not part:
        return Found(values, [whole], owner_id=owner)
    hit = next((one for one in answer["hits"] if one["hit_id"] == part), None)
    if hit is None:
        raise NotFound(N_("There is no such hit in this screening."))
    mark = hit["mark"]
    kept = {
        "screening_id": str(thing_id),
        "input": answer["input"],
        "at": answer["at"],
        "engine": answer["engine"],
        "rules_version": answer["rules_version"],
        "searched": answer["searched"],
        "hit": hit,
    }
    one = Frozen(
        name=f"hit-{thing_id}-{part}.json"[:200],
        content=_bytes(kept),
        title=f"命中商标 Hit: {mark['text']}",
        purpose="该命中的查询、注册簿版本、得分与说明 "
        "Query, register editions, score and reasons of this hit",
        source=f"/screenings/{thing_id}#hit-{part}",
    )
    named = {"title": f"{hit['name']} / {mark['text']} ({mark['office']} {mark['number']})"[:180]}
    rights = [f"{mark['office']} {mark['number']} {mark['text']}"[:200]]
    return Found({**values, **named}, [one, whole], mark["owner"], rights, owner)


def of_alert(session: Session, actor: Actor, thing_id: UUID, _: str) -> Found:
    """Return what a watch found, with the watch and the mark as the register has it now.

    Raises:
        NotFound: no such alert in the actor's sight.
    """
    actor.need(Permission.WATCH_READ)
    alert = Alerts(session, actor).get(thing_id)
    kept = {
        "alert": _columns(alert),
        "watch": _watched(session, actor, alert),
        "mark": _mark(session, alert),
        "registers": {
            code: asdict(state)
            for code, state in register_states(session).items()
            if code == alert.office
        },
        "frozen_at": clock.now(),
    }
    one = Frozen(
        name=f"alert-{thing_id}.json",
        content=_bytes(kept),
        title=f"监测预警 Watch alert: {alert.text}",
        purpose="监测到的商标、得分、结论与监测条件 "
        "The mark found, its score and verdicts, and what was watched",
        source=f"/alerts/{thing_id}",
    )
    values: Case = {
        **LEGAL,
        "title": f"{alert.text} ({alert.office} {alert.number})"[:180],
        "side": Side.HOLDER if alert.squatting else Side.ACCUSED,
        "dispute_kind": DisputeKind.SQUATTING_ABROAD
        if alert.squatting
        else DisputeKind.INFRINGEMENT,
        "jurisdiction": alert.office,
        "source": Source.WATCH,
        "source_kind": "alert",
        "source_id": str(thing_id),
    }
    rights = [f"{alert.office} {alert.number} {alert.text}"[:200]]
    return Found(values, [one], alert.owner, rights, alert.organisation_id)


def _columns(alert: Alert) -> dict[str, Any]:
    return {column.key: getattr(alert, column.key) for column in Alert.__table__.columns}


def _watched(session: Session, actor: Actor, alert: Alert) -> dict[str, Any]:
    try:
        watch = Watches(session, actor).get(alert.watch_id)
    except NotFound:
        return {}
    return {"names": watch.names, "goods": watch.goods, "markets": watch.markets, "own": watch.own}


def _mark(session: Session, alert: Alert) -> Any:
    try:
        return asdict(Marks(session).get(alert.office, alert.number).record)
    except NotFound:
        return None


def _bytes(kept: Mapping[str, Any]) -> bytes:
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, indent=1, default=str).encode()


ORIGINS: dict[str, Origin] = {"screening": of_screening, "alert": of_alert}


def open_from(
    session: Session,
    files: Files,
    actor: Actor,
    origin: str,
    thing_id: UUID,
    *,
    title: str = "",
    part: str = "",
) -> DisputeCase:
    """Open a case from what this service found; `part` names one thing within it (a hit).

    Raises:
        NotFound: no such thing in the actor's sight.
        Invalid: a station opens a case for an enterprise only.
    """
    actor.need(Permission.CASE_WRITE)
    found = ORIGINS[origin](session, actor, thing_id, part)
    values = {**found.values, "rights": list(found.rights)}
    if title:
        values["title"] = title
    other = PartyRole.RESPONDENT if values["side"] is Side.HOLDER else PartyRole.APPLICANT
    parties = [{"role": other, "name": found.opponent[:200]}] if found.opponent else []
    return open_case(
        session,
        files,
        actor,
        values=values,
        parties=parties,
        owner_id=found.owner_id,
        frozen=found.frozen,
    )
