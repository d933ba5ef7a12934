"""Loading published penalty decisions: good rows go in, others are told by their line."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from service.core import clock
from service.core.settings import Settings
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.registry.domain import Reject
from service.registry.models import Penalty
from service.registry.penalties import Penalties, code_key, mark_key, party_key
from service.registry.penalty_sheets import Decision, read_penalties
from service.registry.schemas.penalties import PenaltiesLoaded, RejectOut
from service.registry.usecases.requesting import limits_of

HOME = "CN"


def load_penalties(
    session: Session, actor: Actor, settings: Settings, path: Path, *, name: str, sha256: str
) -> PenaltiesLoaded:
    """Load a sheet of decisions of Chinese customs; a second time nothing changes.

    Raises:
        PermissionDenied: the actor imports nothing.
        SheetColumnsMissing, SourceProblem, SourceTooLarge: see `read_penalties`.
    """
    actor.need(Permission.IMPORT_RUN)
    items = list(read_penalties(path, limits_of(settings)))
    decisions = {one.key: one for one in items if isinstance(one, Decision)}
    rejects = [one for one in items if isinstance(one, Reject)]
    there = Penalties(session).by_key(list(decisions))
    added = changed = 0
    for key, one in decisions.items():
        values = _columns(one)
        row = there.get(key)
        if row is None:
            session.add(_row(key, values, name, sha256))
            added += 1
        elif any(getattr(row, column) != value for column, value in values.items()):
            for column, value in values.items():
                setattr(row, column, value)
            row.file_sha256, row.imported_at = sha256, clock.now()
            changed += 1
    session.flush()
    if added or changed:
        note(session, actor, "penalties.loaded", ("file", sha256), added=added, changed=changed)
    return PenaltiesLoaded(
        read=len(items),
        added=added,
        changed=changed,
        unchanged=len(decisions) - added - changed,
        rejects=[
            RejectOut(place=one.place, reason=one.reason, values=one.values) for one in rejects
        ],
    )


def _columns(one: Decision) -> dict[str, Any]:
    told = {name: value for name, value in asdict(one).items() if name != "source" or value}
    return {
        **told,
        "territory": HOME,
        "party_key": party_key(one.party),
        "party_code": code_key(one.party_code),
        "mark_key": mark_key(one.mark),
    }


def _row(key: str, values: dict[str, Any], name: str, sha256: str) -> Penalty:
    told = {"source": name[:500], **values}
    return Penalty(key=key, file_sha256=sha256, imported_at=clock.now(), **told)
