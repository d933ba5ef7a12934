"""What the check found, as far as the one who asks may know it."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from service.cases.repository import Threads
from service.cases.showing import thread_path
from service.identity.permissions import Actor
from service.station.domain import Likely
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
