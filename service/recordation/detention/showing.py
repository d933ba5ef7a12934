"""How a detention is shown: countdowns, what comes next, what goes with a step, the law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from service.cases.domain import Status
from service.cases.models import Deadline
from service.cases.reckoning import end_of, local_day, read_day
from service.cases.showing import deadline_view, tags_of
from service.core.text import N_
from service.recordation.detention.domain import Side
from service.recordation.detention.hours import working_time
from service.recordation.detention.tables import TABLES
from service.rules.authorities import Authority
from service.rules.authorities.showing import RuleSays, rule_says
from service.rules.book import RuleBook
from service.ui.i18n import Language
from service.ui.tags import Tag
from service.ui.views import Deadline as DeadlineView

HOUR = timedelta(hours=1)
DAY_HOURS = 24
STATUS_TAGS: Mapping[Side, Mapping[str, Tag]] = {
    side: {key: state.tag for key, state in table.states.items()} for side, table in TABLES.items()
}
SENT = ("when", "receipt", "note")
ASKS: Mapping[str, Sequence[str]] = {
    "apply": ("when", "receipt", "security_amount", "guarantee_number", "liability_read", "note"),
    "offer_security": ("when", "receipt", "security_amount", "note"),
    "dispose": ("when", "disposal", "note"),
    "pay_fine": ("when", "note"),
    "close": ("note",),
}
"""What is entered with a step, in the order of the form; any other asks for `SENT`."""
H, E = Side.HOLDER, Side.EXPORTER
NEXT: Mapping[tuple[Side, str], str] = {
    (H, "entered"): N_("Enter the paper that came, or apply for detention."),
    (H, "notified"): N_(
        "Answer customs in time: apply for detention with security, or say in writing that the "
        "goods do not infringe or need not be detained. Without an answer the goods go."
    ),
    (H, "applied"): N_("Wait for the detention decision, and enter it when it is served."),
    (H, "detained"): N_(
        "Help the investigation with evidence. Have the court's notice reach customs in time, or "
        "settle and withdraw before the finding."
    ),
    (H, "undetermined"): N_(
        "Customs could not determine it: go to court at once. What counts is the day on which "
        "customs receives the court's notice."
    ),
    (H, "confirmed"): N_("Go on as the law there asks: destruction, or court."),
    (H, "contested"): N_("The other side contests: send evidence and opinion, or sue."),
    (H, "on_security"): N_("Prove that a court accepted the suit, or the security goes back."),
    (H, "infringing"): N_("Enter what becomes of the goods, and the costs."),
    (H, "cleared"): N_("The goods go. Check the costs, and the security that is claimed."),
    (E, "entered"): N_("Enter the paper that came."),
    (E, "asked"): N_(
        "Declare the IP status by the day on the notice, with the proof of lawful use: "
        "authorisation, order, authorised-user entry."
    ),
    (E, "declared"): N_("Wait for customs, and enter what it serves."),
    (E, "detained"): N_(
        "Send a reasoned statement with evidence that nothing infringes, or settle so that the "
        "holder withdraws: both doors close with the finding."
    ),
    (E, "contested"): N_("Add evidence, look for a settlement, and watch the holder's clocks."),
    (E, "undetermined"): N_("The goods go unless the court's notice reaches customs in time."),
    (E, "infringing"): N_("A penalty will be announced: prepare for the hearing."),
    (E, "penalty_notified"): N_("Ask for a hearing in time, or the penalty follows."),
    (E, "penalised"): N_("Pay the fine in time; reconsideration or a suit does not stop it."),
    (E, "reconsidered"): N_("Sue in time, or accept the decision."),
    (E, "seized"): N_("Petition for relief or claim release in time."),
    (E, "released"): N_("Claim for a wrongful detention in time, settle the costs and close."),
}
"""What to do now, by side and status."""


@dataclass(frozen=True, slots=True)
class Countdown:
    """A running clock with what is left of it."""

    row: Deadline
    view: DeadlineView
    tags: Sequence[Tag]
    days: int
    hours: int
    """Left beside the whole days."""
    working: int
    """Whole working hours left at the place of the station."""
    gone: int
    """Percent of the time that is gone."""
    late: bool


def choices(names: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Return a closed list as the answers of a choice."""
    return [(key.value, name) for key, name in names.items()]


def countdowns(
    rows: Sequence[Deadline], now: datetime, language: Language, book: RuleBook
) -> list[Countdown]:
    """Return the clocks that run or were missed, the nearest first."""
    shown = [row for row in rows if row.due_at and row.status in {Status.OPEN, Status.MISSED}]
    shown.sort(key=lambda row: (row.due_at or now, row.id))
    return [_countdown(row, now, language, book) for row in shown]


def _countdown(row: Deadline, now: datetime, language: Language, book: RuleBook) -> Countdown:
    assert row.due_at is not None
    start = read_day(row.trigger)
    moment = start if isinstance(start, datetime) and start.tzinfo else end_of(local_day(start))
    left = max(row.due_at - now, timedelta())
    span = max(row.due_at - moment, HOUR)
    gone = min(max((now - moment) / span, 0), 1)
    hours = int(left / HOUR)
    return Countdown(
        row=row,
        view=deadline_view(row, language),
        tags=tags_of(row),
        days=hours // DAY_HOURS,
        hours=hours % DAY_HOURS,
        working=int(working_time(now, row.due_at, book) / HOUR),
        gone=round(100 * gone),
        late=row.due_at < now,
    )


def dateless(rows: Sequence[Deadline]) -> list[Deadline]:
    """Return the clocks that run without a date."""
    return [row for row in rows if row.due_at is None and row.status is Status.OPEN]


def settled(rows: Sequence[Deadline]) -> list[Deadline]:
    """Return the clocks that are met or no longer needed."""
    return [row for row in rows if row.status in {Status.MET, Status.WAIVED}]


def law_of(one: Authority, side: Side, on: Any) -> list[RuleSays]:
    """Return what the rules say to a side beside its clocks: doors, liability, disposal, costs."""
    lists = (getattr(one.detention, side.value), one.detention.authority, one.detention.money)
    found = [rule_says(rule, on) for rules in lists for rule in rules]
    return [each for each in found if each.left_out is not None]


def asks_of(event: str) -> Sequence[str]:
    """Return what is entered with a step."""
    return ASKS.get(event, SENT)
