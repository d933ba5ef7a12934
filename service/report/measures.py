"""The table of measures: what each figure is called, how it is counted, and from which tables.

The condition of each stands in `repository/conditions.py` under the same key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from service.core.text import N_
from service.report.domain import Dimension


class Source(StrEnum):
    """What the rows of a measure are."""

    MATTER = "matter"
    INTAKE = "intake"
    CASE = "case"
    TRACK = "track"
    STEP = "step"
    """A step of a track, by its entry in the timeline."""
    CLOCK = "clock"
    HOLD_CLOCK = "hold_clock"
    """A clock of a detention."""
    FILING = "filing"
    CHECK = "check"
    """A station's check of a filing, by its entry in the timeline."""
    GRANT = "grant"
    DETENTION = "detention"
    FOLLOW_UP = "follow_up"
    EVENT = "event"
    ATTENDANCE = "attendance"
    """A line of the sheet of an event."""
    WARNING = "warning"
    TYPICAL_CASE = "typical_case"
    CHECK_UP = "check_up"


class How(StrEnum):
    """How rows become a figure."""

    COUNT = "count"
    DAYS = "days"
    """The median of the days from one moment to another, over the rows."""
    SUM = "sum"
    """What the rows come to, added up."""
    SHARE = "share"
    """The rows among those of another measure."""


class Part(StrEnum):
    """The parts of the report, in its order."""

    DESK = "desk"
    CASES = "cases"
    TRACKS = "tracks"
    MEDIATION = "mediation"
    CLOCKS = "clocks"
    RECORDATION = "recordation"
    DETENTION = "detention"
    SATISFACTION = "satisfaction"
    BASE = "base"


PARTS: Mapping[Part, str] = {
    Part.DESK: N_("Intake desk"),
    Part.CASES: N_("Cases"),
    Part.TRACKS: N_("Tracks"),
    Part.MEDIATION: N_("Mediation"),
    Part.CLOCKS: N_("Clocks"),
    Part.RECORDATION: N_("Customs recordation"),
    Part.DETENTION: N_("Detentions by customs"),
    Part.SATISFACTION: N_("Follow-up and satisfaction"),
    Part.BASE: N_("Base with the procuratorate"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A named figure: its rows, and how they are counted."""

    part: Part
    name: str
    """Message id."""
    meaning: str
    """Message id: how it is counted."""
    source: Source
    tables: tuple[str, ...]
    """The tables its rows come from, the counted one first."""
    how: How = How.COUNT
    whole: str = ""
    """Of a share: the measure whose rows are the whole."""
    by: tuple[Dimension, ...] = ()


WHO = (Dimension.MARKET, Dimension.INDUSTRY, Dimension.PARK)
_CASE = ("dispute_case", "thread")
_STEP = ("timeline_entry", "case_track", "thread")
_TRACK = ("case_track", "thread")
_CLOCK = ("deadline", "thread")
_HOLD = ("deadline", "thread", "detention")
_FOLLOW = ("follow_up", "thread")

MEASURES: Mapping[str, Measure] = {
    "matter.opened": Measure(
        Part.DESK,
        N_("Matters and cases opened"),
        N_("Every matter and case opened in the period: the rows of the work ledger."),
        Source.MATTER,
        ("thread", "intake", "dispute_case"),
        by=(Dimension.WAY, Dimension.LINE, *WHO),
    ),
    "intake.received": Measure(
        Part.DESK,
        N_("Matters received at the desk"),
        N_("Matters a station's desk took in in the period, by the station that took them in."),
        Source.INTAKE,
        ("intake", "thread"),
        by=(Dimension.WAY, Dimension.LINE),
    ),
    "intake.accepted": Measure(
        Part.DESK,
        N_("Accepted"),
        N_("Matters first accepted in the period, whenever they were received."),
        Source.INTAKE,
        ("intake", "thread"),
        by=(Dimension.LINE,),
    ),
    "intake.days": Measure(
        Part.DESK,
        N_("Days to acceptance, median"),
        N_("Days from receipt to the first acceptance, over the matters accepted in the period."),
        Source.INTAKE,
        ("intake", "thread"),
        How.DAYS,
    ),
    "intake.answered": Measure(
        Part.DESK,
        N_("Consultations answered"),
        N_("Matters in which the desk noted in the period that the answer was given."),
        Source.INTAKE,
        ("intake", "timeline_entry", "thread"),
        by=(Dimension.LINE,),
    ),
    "intake.promoted": Measure(
        Part.DESK,
        N_("Became cases"),
        N_("Matters that were made a case in the period."),
        Source.INTAKE,
        ("intake", "timeline_entry", "thread"),
    ),
    "intake.passed_on": Measure(
        Part.DESK,
        N_("Passed on to another body"),
        N_("Matters that ended in the period by being passed on, and still stand so."),
        Source.INTAKE,
        ("intake", "thread"),
    ),
    "intake.turned_down": Measure(
        Part.DESK,
        N_("Not accepted"),
        N_("Matters that ended in the period by not being accepted, and still stand so."),
        Source.INTAKE,
        ("intake", "thread"),
    ),
    "intake.waiting": Measure(
        Part.DESK,
        N_("Waiting at the end of the period"),
        N_("Received before the end of the period, and by then neither accepted nor ended."),
        Source.INTAKE,
        ("intake", "thread"),
    ),
    "case.begun": Measure(
        Part.CASES,
        N_("Cases begun"),
        N_("Cases opened in the period, or made of a matter in it; counted where they are now."),
        Source.CASE,
        (*_CASE, "timeline_entry"),
        by=(Dimension.LINE, *WHO),
    ),
    "case.closed": Measure(
        Part.CASES,
        N_("Cases closed"),
        N_("Cases closed in the period that were not opened again."),
        Source.CASE,
        _CASE,
        by=(Dimension.OUTCOME, Dimension.LINE, *WHO),
    ),
    "case.days": Measure(
        Part.CASES,
        N_("Days to the end, median"),
        N_("Days from receipt to the end, over the cases closed in the period."),
        Source.CASE,
        _CASE,
        How.DAYS,
    ),
    "case.goods": Measure(
        Part.CASES,
        N_("Cases with goods that were held"),
        N_("Of the cases closed in the period, those that say what became of the goods."),
        Source.CASE,
        _CASE,
        by=(Dimension.GOODS,),
    ),
    "case.open": Measure(
        Part.CASES,
        N_("Open at the end of the period"),
        N_("Cases begun before the end of the period and not closed by then."),
        Source.CASE,
        (*_CASE, "timeline_entry"),
    ),
    "track.opened": Measure(
        Part.TRACKS,
        N_("Tracks opened"),
        N_("Tracks of cases opened in the period."),
        Source.TRACK,
        _TRACK,
        by=(Dimension.TRACK,),
    ),
    "track.ended": Measure(
        Part.TRACKS,
        N_("Tracks ended"),
        N_("Steps of the period that brought a track to its end, and how it ended."),
        Source.STEP,
        _STEP,
        by=(Dimension.ENDING,),
    ),
    "mediation.opened": Measure(
        Part.MEDIATION,
        N_("Mediations opened"),
        N_("Mediation tracks opened in the period."),
        Source.TRACK,
        _TRACK,
        by=(Dimension.MARKET,),
    ),
    "mediation.concluded": Measure(
        Part.MEDIATION,
        N_("Mediations concluded"),
        N_("Mediations that ended in the period with or without agreement; not those withdrawn."),
        Source.STEP,
        _STEP,
    ),
    "mediation.agreed": Measure(
        Part.MEDIATION,
        N_("With agreement"),
        N_("Mediations whose agreement took effect in the period."),
        Source.STEP,
        _STEP,
    ),
    "mediation.success": Measure(
        Part.MEDIATION,
        N_("Success of mediation"),
        N_("Mediations with agreement among those concluded in the period."),
        Source.STEP,
        _STEP,
        How.SHARE,
        whole="mediation.concluded",
    ),
    "mediation.days": Measure(
        Part.MEDIATION,
        N_("Days to the agreement, median"),
        N_("Days from the opening of the track to the agreement, over those of the period."),
        Source.STEP,
        _STEP,
        How.DAYS,
    ),
    "mediation.confirmed": Measure(
        Part.MEDIATION,
        N_("Confirmed by the court"),
        N_("Agreements a court confirmed in the period."),
        Source.STEP,
        _STEP,
    ),
    "mediation.performed": Measure(
        Part.MEDIATION,
        N_("Agreements performed"),
        N_("Agreements noted in the period as performed."),
        Source.STEP,
        _STEP,
    ),
    "clock.settled": Measure(
        Part.CLOCKS,
        N_("Our own clocks that ran out or were met"),
        N_("Clocks of our side with their last day in the period that were met or missed."),
        Source.CLOCK,
        _CLOCK,
        by=(Dimension.EFFECT,),
    ),
    "clock.kept": Measure(
        Part.CLOCKS,
        N_("Kept in time"),
        N_("Of the clocks met or missed, those met and never missed."),
        Source.CLOCK,
        _CLOCK,
        How.SHARE,
        whole="clock.settled",
    ),
    "clock.missed": Measure(
        Part.CLOCKS,
        N_("Missed"),
        N_("Clocks of our side that were missed in the period, done late or not done."),
        Source.CLOCK,
        _CLOCK,
        by=(Dimension.EFFECT, Dimension.LINE),
    ),
    "clock.fatal": Measure(
        Part.CLOCKS,
        N_("Missed, and cannot be mended"),
        N_("Of the clocks missed in the period, those whose right to act is lost."),
        Source.CLOCK,
        _CLOCK,
    ),
    "clock.overdue": Measure(
        Part.CLOCKS,
        N_("Overdue at the end of the period"),
        N_("Clocks of our side whose last moment lay before the end, and not settled by then."),
        Source.CLOCK,
        _CLOCK,
    ),
    "filing.begun": Measure(
        Part.RECORDATION,
        N_("Filings begun by enterprises served"),
        N_("Customs filings begun in the period by the enterprises the station serves."),
        Source.FILING,
        ("filing", "organisation"),
        by=WHO,
    ),
    "filing.checked": Measure(
        Part.RECORDATION,
        N_("Checks that found a filing fit"),
        N_("Each time in the period the station checked a filing and found it fit to file."),
        Source.CHECK,
        ("timeline_entry", "filing"),
    ),
    "filing.returned": Measure(
        Part.RECORDATION,
        N_("Filings returned with reasons"),
        N_("Each time in the period the station returned a filing with reasons."),
        Source.CHECK,
        ("timeline_entry", "filing"),
    ),
    "filing.granted": Measure(
        Part.RECORDATION,
        N_("Recordations granted with the station's help"),
        N_(
            "Recordations granted in the period to enterprises served, in whose filing the "
            "station took a step or checked."
        ),
        Source.GRANT,
        ("filing_round", "filing", "timeline_entry", "organisation"),
        by=WHO,
    ),
    "detention.entered": Measure(
        Part.DETENTION,
        N_("Detentions entered"),
        N_("Detentions of enterprises served that were entered in the period."),
        Source.DETENTION,
        ("detention", "thread"),
        by=WHO,
    ),
    "detention.due": Measure(
        Part.DETENTION,
        N_("Clocks of detentions that are over"),
        N_("Clocks of detentions that cannot be mended, due in the period, and met or missed."),
        Source.HOLD_CLOCK,
        _HOLD,
    ),
    "detention.answered": Measure(
        Part.DETENTION,
        N_("Answered within their clock"),
        N_("Of those clocks, the ones met and never missed."),
        Source.HOLD_CLOCK,
        _HOLD,
        How.SHARE,
        whole="detention.due",
    ),
    "follow_up.made": Measure(
        Part.SATISFACTION,
        N_("Follow-ups made"),
        N_("Follow-ups after a matter or case, made in the period."),
        Source.FOLLOW_UP,
        _FOLLOW,
        by=(Dimension.RATING, Dimension.LINE),
    ),
    "follow_up.rated": Measure(
        Part.SATISFACTION,
        N_("With a rating"),
        N_("Of the follow-ups of the period, those in which the visitor gave a rating."),
        Source.FOLLOW_UP,
        _FOLLOW,
    ),
    "follow_up.satisfied": Measure(
        Part.SATISFACTION,
        N_("Satisfied"),
        N_("Of those with a rating: very satisfied, satisfied, or satisfied on the whole."),
        Source.FOLLOW_UP,
        _FOLLOW,
        How.SHARE,
        whole="follow_up.rated",
    ),
    "base.events": Measure(
        Part.BASE,
        N_("Events held"),
        N_("Events of the base that began in the period and were held."),
        Source.EVENT,
        ("base_event",),
    ),
    "base.attendance": Measure(
        Part.BASE,
        N_("People who were there"),
        N_("Lines of the sheets of those events that are signed in."),
        Source.ATTENDANCE,
        ("base_event_attendance", "base_event"),
    ),
    "base.hours": Measure(
        Part.BASE,
        N_("Hours of training"),
        N_("The hours that count of those events, for each who was there."),
        Source.ATTENDANCE,
        ("base_event_attendance", "base_event"),
        How.SUM,
    ),
    "base.warnings": Measure(
        Part.BASE,
        N_("Warnings sent"),
        N_("Warnings to enterprises that were sent in the period."),
        Source.WARNING,
        ("base_warning",),
    ),
    "base.cases": Measure(
        Part.BASE,
        N_("Typical cases published"),
        N_("Typical cases published in the period that still are."),
        Source.TYPICAL_CASE,
        ("base_typical_case",),
    ),
    "base.check_ups": Measure(
        Part.BASE,
        N_("Check-ups of enterprises"),
        N_("Check-ups of enterprises made in the period."),
        Source.CHECK_UP,
        ("base_check_up",),
    ),
}
