"""What the check found, and who stands around a station, as far as a reader may know it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from service.cases.repository import Threads
from service.cases.showing import thread_path
from service.dispute.domain import ContactKind
from service.identity.domain import Link
from service.identity.models import Organisation
from service.identity.permissions import Actor
from service.identity.repository import Organisations
from service.station.domain import Likely
from service.station.models import Expert, StationContact
from service.station.repository import Roster
from service.station.schemas import LikelyOut


def shown(session: Session, actor: Actor, found: Sequence[Likely]) -> list[LikelyOut]:
    """Return findings; of a matter the actor may not open neither number nor names."""
    seen = Threads(session, actor).titles(one.thread_id for one in found)
    return [
        LikelyOut(
            likeness=one.likeness,
            thread_id=one.thread_id if one.thread_id in seen else None,
            number=seen[one.thread_id].number if one.thread_id in seen else "",
            href=thread_path(seen[one.thread_id]) if one.thread_id in seen else "",
            ours=one.ours,
            theirs=one.theirs if one.thread_id in seen else "",
            similarity=one.similarity,
        )
        for one in found
    ]


AROUND = (Link.OPERATOR, Link.SUPERVISOR, Link.PARENT)


def profile(session: Session, actor: Actor, station: Organisation) -> dict[str, Any]:
    """Return a station with the names of who runs, guides and heads it, and how many work there."""
    linked = {link.value: station.linked(link) for link in AROUND}
    names = Organisations(session).names(one for one in linked.values() if one)
    contacts = Roster(session, actor, StationContact).all(station.id)
    return {
        "id": station.id,
        "name_zh": station.name_zh,
        "name_en": station.name_en,
        "park": station.park,
        **{key: names.get(one, "") if one else "" for key, one in linked.items()},
        "experts": len(Roster(session, actor, Expert).all(station.id)),
        "residents": sum(one.kind is ContactKind.RESIDENT for one in contacts),
        "outside": sum(one.kind is ContactKind.OUTSIDE for one in contacts),
    }
