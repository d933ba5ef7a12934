"""An alert in the database, as the watches would have made it."""

from datetime import date
from typing import Any

from service.core import clock
from service.core.db import Database
from service.screening.domain import AlertStage, Verdict
from service.screening.models import Alert, Watch
from service.screening.opposition import opposition
from tests.builders import Someone


def make_alert(
    database: Database,
    owner: Someone,
    *,
    office: str = "US",
    published_on: date | None = None,
    **values: Any,
) -> Alert:
    """Store a watch of YADEA and a published application it found."""
    with database.write() as session:
        watch = Watch(
            organisation_id=owner.organisation_id,
            person_id=owner.person_id,
            names=["YADEA", "雅迪"],
            goods=["class:12"],
            markets=[],
            own=True,
            owners=[],
            least=Verdict.MEDIUM,
            created_at=clock.now(),
        )
        session.add(watch)
        session.flush()
        columns: dict[str, Any] = {
            "number": "97000001",
            "text": "YADEA",
            "owner": "Stranger LLC",
            "stage": AlertStage.PUBLISHED,
            "classes": [12],
            "verdict": Verdict.BLOCKED,
            "similarity": 1.0,
            "markets": {office: Verdict.BLOCKED.value},
            "squatting": True,
            **values,
        }
        row = Alert(
            watch_id=watch.id,
            organisation_id=owner.organisation_id,
            office=office,
            published_on=published_on,
            opposition=opposition(office, published_on),
            created_at=clock.now(),
            **columns,
        )
        session.add(row)
    return row
