"""Rows of threads as pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from markupsafe import Markup
from sqlalchemy.orm import Session

from service.cases.domain import EFFECT_NAMES, STATUS_NAMES, THREAD_PAGES, Effect, Gap, Status
from service.cases.models import Deadline, Thread, TimelineEntry
from service.cases.moves import TABLES
from service.cases.reckoning import local_day, read_day
from service.cases.words import VERBS
from service.core import clock
from service.core.text import N_
from service.identity.repository import names_of
from service.rules.domain import Computed
from service.ui.i18n import Language, translator
from service.ui.tags import Shape, Tag, Tone
from service.ui.views import Deadline as DeadlineView
from service.ui.views import Event

TONES: Mapping[str, Tone] = {"red": Tone.ALARM, "amber": Tone.WARN, "grey": Tone.NEUTRAL}
SHAPES: Mapping[str, Shape] = {
    "red": Shape.TRIANGLE,
    "amber": Shape.DIAMOND,
    "grey": Shape.RING,
}
STATUS_TAGS: Mapping[Status, Tag] = {
    Status.OPEN: Tag(STATUS_NAMES[Status.OPEN], Tone.NOTICE, Shape.HALF),
    Status.PAUSED: Tag(STATUS_NAMES[Status.PAUSED], Tone.NEUTRAL, Shape.BAR),
    Status.MET: Tag(STATUS_NAMES[Status.MET], Tone.GOOD, Shape.TICK),
    Status.MISSED: Tag(STATUS_NAMES[Status.MISSED], Tone.STOP, Shape.SQUARE),
    Status.WAIVED: Tag(STATUS_NAMES[Status.WAIVED], Tone.NEUTRAL, Shape.CROSS),
}
NAME = Markup('<bdi translate="no">{}</bdi>')
"""A name in a sentence: escaped where it is put in, and never translated."""
LATE = Tag(N_("Done late"), Tone.STOP, Shape.SQUARE)
COMPUTED = Tag(N_("Computed, not confirmed"), Tone.NEUTRAL, Shape.RING)
CONFIRMED = Tag(N_("Confirmed by a person"), Tone.GOOD, Shape.TICK)
FATAL = Tag(EFFECT_NAMES[Effect.FATAL], Tone.ALARM, Shape.TRIANGLE)
EFFECT_TAGS: Mapping[Effect, Tag] = {
    Effect.FATAL: FATAL,
    Effect.EXTENDABLE: Tag(EFFECT_NAMES[Effect.EXTENDABLE], Tone.WARN, Shape.DIAMOND),
    Effect.INTERNAL: Tag(EFFECT_NAMES[Effect.INTERNAL], Tone.NOTICE, Shape.DISC),
    Effect.AWAITED: Tag(EFFECT_NAMES[Effect.AWAITED], Tone.NEUTRAL, Shape.RING),
}
GAP_NAMES: Mapping[Gap, str] = {
    Gap.NOT_RESEARCHED: N_("Not researched: no date is given. Ask a professional."),
    Gap.FACT_NEEDED: N_("One more fact is needed before there is a date."),
    Gap.NOT_APPLICABLE: N_("This rule does not apply here."),
}


def localised(text: Mapping[str, str], language: Language) -> str:
    """Return a bilingual text in a language."""
    return text.get("zh" if language is Language.ZH_HANS else "en", "")


def thread_path(thread: Thread) -> str:
    """Return where the page of a thread is."""
    return THREAD_PAGES[thread.kind].format(id=thread.id)


def tags_of(deadline: Deadline) -> list[Tag]:
    """Return the tags of a deadline: how it stands, how grave, and who vouches for the date."""
    found = [STATUS_TAGS[deadline.status], EFFECT_TAGS[deadline.effect]]
    if deadline.missed_at and deadline.status is Status.MET:
        found[0] = LATE
    if deadline.due_on is not None:
        found.append(CONFIRMED if deadline.confirmed_at else COMPUTED)
    return found


def badge_tags(badges: Iterable[Mapping[str, Any]], language: Language) -> list[Tag]:
    """Return the badges of a computed date as tags, in one language."""
    return [
        Tag(localised(each["label"], language), TONES[each["colour"]], SHAPES[each["colour"]])
        for each in badges
    ]


def deadline_view(deadline: Deadline, language: Language) -> DeadlineView:
    """Return a stored deadline for the macro that says why."""
    computed = deadline.computed or {}
    running = deadline.status in {Status.OPEN, Status.MISSED} and deadline.due_on is not None
    return DeadlineView(
        name=localised(deadline.title, language),
        due=deadline.due_on,
        rule_id=deadline.rule_id,
        rule_version=deadline.rule_version,
        basis=str(computed.get("basis", "")),
        trigger=localised(computed.get("trigger", {}), language) or deadline.event,
        trigger_on=local_day(read_day(deadline.trigger)),
        calendar=localised(computed.get("calendar_name", {}), language),
        explanation=deadline.explanation,
        badges=tuple(badge_tags(computed.get("badges", ()), language)),
        days_left=(deadline.due_on - local_day(clock.now())).days
        if running and deadline.due_on
        else None,
    )


def computed_view(computed: Computed, out: Mapping[str, Any], language: Language) -> DeadlineView:
    """Return a date that was only computed; `out` is the same as JSON."""
    return DeadlineView(
        name=localised(out["title"], language),
        due=computed.due,
        rule_id=computed.family,
        rule_version=computed.rule_version,
        basis=computed.basis,
        trigger=localised(out["trigger"], language),
        trigger_on=computed.trigger_on,
        calendar=localised(out["calendar_name"], language),
        explanation=out["explanation"],
        badges=tuple(badge_tags(out["badges"], language)),
        days_left=(computed.due - clock.today()).days,
    )


def events_of(
    session: Session, entries: Sequence[TimelineEntry], language: Language
) -> list[Event]:
    """Return entries as the timeline macro shows them, newest first, names looked up now."""
    names = _names(session, entries)
    return [_event(entry, names, language) for entry in reversed(entries)]


def _event(entry: TimelineEntry, names: Mapping[str, str], language: Language) -> Event:
    words = translator(language)
    values = {name: _shown(value, names, language) for name, value in entry.values.items()}
    table, _, event = entry.verb.partition(".")
    if table in TABLES and entry.target:
        states = TABLES[table].states
        values["step"] = words.text(TABLES[table].label_of(event))
        values["source"] = words.text(states[entry.source].label)
        values["target"] = words.text(states[entry.target].label)
    return Event(
        at=entry.at,
        text=VERBS.get(entry.verb, entry.verb),
        values=values,
        actor=names.get(str(entry.actor_id), ""),
        note=entry.note,
        href=entry.href,
    )


def _shown(value: Any, names: Mapping[str, str], language: Language) -> Any:
    if not isinstance(value, dict):
        return value
    if "message" in value:
        return translator(language).text(value["message"])
    for kind in ("person", "organisation"):
        if kind in value:
            return NAME.format(names.get(value[kind], "—"))
    return localised(value, language)


def _names(session: Session, entries: Sequence[TimelineEntry]) -> dict[str, str]:
    """Return the names of all people and organisations in these entries, by id."""
    actors = {str(entry.actor_id) for entry in entries if entry.actor_id}
    values = [v for entry in entries for v in entry.values.values() if isinstance(v, dict)]
    people = actors | {value["person"] for value in values if "person" in value}
    organisations = {value["organisation"] for value in values if "organisation" in value}
    return names_of(session, map(UUID, people), map(UUID, organisations))


def month_of(deadlines: Iterable[Deadline], first: date) -> Mapping[date, list[Deadline]]:
    """Return the deadlines of a month by day."""
    found: dict[date, list[Deadline]] = {}
    for row in deadlines:
        if row.due_on and (row.due_on.year, row.due_on.month) == (first.year, first.month):
            found.setdefault(row.due_on, []).append(row)
    return found
