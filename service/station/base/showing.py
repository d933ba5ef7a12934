"""How the timelines of the base are shown."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from service.cases.moves import MOVED, TABLES
from service.identity.repository import names_of
from service.station.base.models import BaseStep
from service.ui.i18n import Language, translator
from service.ui.views import Event


def timeline_of(session: Session, steps: Sequence[BaseStep], language: Language) -> list[Event]:
    """Return steps as the timeline macro shows them."""
    names = names_of(session, {one.actor_id for one in steps if one.actor_id})
    text = translator(language).text
    return [
        Event(
            at=one.at,
            text=MOVED,
            values={
                "step": text(TABLES[one.kind].label_of(one.event)),
                "source": text(TABLES[one.kind].states[one.source].label),
                "target": text(TABLES[one.kind].states[one.target].label),
            },
            actor=names.get(str(one.actor_id), ""),
            note=one.note,
        )
        for one in steps
    ]
