"""One sentence in each language that says why this date.

The sentence is put together from clauses, each of which is present only where it is true, so that
nothing in it needs to be believed: rule, trigger, count, the days passed over, the move at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from service.rules.book import RuleBook
from service.rules.counting import OPEN_UNITS
from service.rules.domain import Computed
from service.rules.periods import Period
from service.rules.schema import Measure, Start, Step, Text, Unit

DAY = timedelta(days=1)
SHORT_LIST = 3
"""Runs of closed days named one by one; more are given as a number."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAYS_ZH = "一二三四五六日"

UNITS_EN = {
    Unit.HOURS: "hour",
    Unit.CALENDAR_DAYS: "calendar day",
    Unit.WORKING_DAYS: "working day",
    Unit.BUSINESS_DAYS: "business day",
    Unit.WEEKS: "week",
    Unit.MONTHS: "month",
    Unit.YEARS: "year",
}
UNITS_ZH = {
    Unit.HOURS: "小时",
    Unit.CALENDAR_DAYS: "日（自然日）",
    Unit.WORKING_DAYS: "个工作日",
    Unit.BUSINESS_DAYS: "个工作日",
    Unit.WEEKS: "周",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
}

MEASURED = {
    Measure.AFTER: Text(
        zh="依{basis}，自{trigger}（{from_day}）起{count}",
        en="{basis} gives {count} from {trigger} ({from_day})",
    ),
    Measure.BEFORE: Text(
        zh="依{basis}，须在{trigger}（{from_day}）前{count}",
        en="{basis} sets {count} before {trigger} ({from_day})",
    ),
    Measure.OPENS_BEFORE: Text(
        zh="依{basis}，{trigger}（{from_day}）前{count}内可办理，自{opens}起",
        en="{basis} opens the window {count} before {trigger} ({from_day}), on {opens}",
    ),
}
STARTS = {
    Start.NEXT_DAY: Text(zh="当日不计入", en="that day itself is not counted"),
    Start.SAME_DAY: Text(zh="当日计入", en="that day itself is counted"),
    Start.NEXT_OPEN_DAY: Text(
        zh="自其后第一个工作日起算", en="the count begins on the first open day after it"
    ),
}


@dataclass(frozen=True, slots=True)
class Language:
    """How one language writes dates, counts and lists."""

    pick: Callable[[Text], str]
    day: Callable[[date], str]
    span: Callable[[date, date], str]
    step: Callable[[Step], str]
    joint: str
    listed: str
    lead: str
    end: str


def explain(computed: Computed, period: Period, book: RuleBook, codes: list[str]) -> Text:
    """Return the reason for a date in both languages."""
    return Text(
        zh=_sentence(CHINESE, computed, period, book, codes),
        en=_sentence(ENGLISH, computed, period, book, codes),
    )


def count_in_words(count: tuple[Step, ...]) -> Text:
    """Return a length as people say it: *30 working days*, *10 年*."""
    return Text(zh=_steps(CHINESE, count), en=_steps(ENGLISH, count))


def day_in(text: Text, day: date) -> Text:
    """Fill the place `{day}` of a text with a date in each language."""
    return Text(zh=text.zh.format(day=CHINESE.day(day)), en=text.en.format(day=ENGLISH.day(day)))


def _sentence(
    lang: Language, computed: Computed, period: Period, book: RuleBook, codes: list[str]
) -> str:
    clauses = [
        _measure(lang, computed, period),
        _service(lang, computed),
        _start(lang, period),
        _passed(lang, computed, period),
        _worked(lang, period),
        _added(lang, period),
        _roll(lang, computed),
        _cap(lang, period),
        _extension(lang, computed),
        _others(lang, computed),
        _asked(lang, computed),
        *(lang.pick(book.words.marks[code].clause) for code in codes),
    ]
    when = lang.day(computed.due)
    if period.moment:
        when = f"{when} {period.moment:%H:%M} ({computed.time_zone})"
    return lang.lead.format(due=when) + lang.joint.join(filter(None, clauses)) + lang.end


def _measure(lang: Language, computed: Computed, period: Period) -> str:
    plan = period.plan
    return lang.pick(MEASURED[plan.version.measure]).format(
        basis=computed.basis,
        trigger=lang.pick(computed.trigger),
        from_day=lang.day(computed.trigger_on),
        count=_steps(lang, plan.count),
        opens=lang.day(computed.opens_on) if computed.opens_on else "",
    )


def _steps(lang: Language, steps: tuple[Step, ...]) -> str:
    return lang.listed.join(lang.step(step) for step in steps)


def _service(lang: Language, computed: Computed) -> str:
    if computed.served_on == computed.trigger_on:
        return ""
    says = Text(
        zh="按该送达方式，{day}视为送达", en="by this way of service it counts as served on {day}"
    )
    return lang.pick(says).format(day=lang.day(computed.served_on))


def _added(lang: Language, period: Period) -> str:
    if not period.plan.added_days:
        return ""
    says = Text(zh="因送达方式加{n}日", en="{n} days are added for the way of service")
    return lang.pick(says).format(n=period.plan.added_days)


def _start(lang: Language, period: Period) -> str:
    plan = period.plan
    if plan.version.measure is not Measure.AFTER or plan.count[0].unit is Unit.HOURS:
        return ""
    says = lang.pick(STARTS[plan.version.start or plan.counting.start])
    if plan.version.ends_day_before:
        ends = Text(zh="至相应日的前一日届满", en="it ends the day before the corresponding day")
        says += lang.joint + lang.pick(ends)
    if plan.start_on != plan.served_on:
        other = Text(zh="自{day}起算", en="counted from {day}")
        says += lang.joint + lang.pick(other).format(day=lang.day(plan.start_on))
    return says


def _passed(lang: Language, computed: Computed, period: Period) -> str:
    if not computed.passed:
        return ""
    runs = _runs(tuple(sorted(computed.passed)))
    many = Text(
        zh="跳过{n}个休息日（{calendar}）", en="{n} closed days are passed over ({calendar})"
    )
    few = Text(zh="跳过休息日{days}（{calendar}）", en="closed on {days} ({calendar})")
    calendar = lang.pick(period.calendar.name)
    if len(runs) > SHORT_LIST:
        return lang.pick(many).format(n=len(computed.passed), calendar=calendar)
    days = lang.listed.join(lang.span(first, last) for first, last in runs)
    return lang.pick(few).format(days=days, calendar=calendar)


def _worked(lang: Language, period: Period) -> str:
    """Name the make-up weekend days that were counted, which surprise people."""
    if not period.calendar.makeup_weekends or period.plan.count[0].unit not in OPEN_UNITS:
        return ""
    first, last = sorted((period.plan.start_on, period.unrolled))
    days = [first + DAY * n for n in range(1, (last - first).days + 1)]
    weekend = period.calendar.weekend
    worked = [d for d in days if d.weekday() in weekend and not period.calendar.closed(d)]
    if not worked:
        return ""
    says = Text(zh="调休上班的{days}计为工作日", en="the make-up working day {days} counts")
    return lang.pick(says).format(days=lang.listed.join(lang.day(day) for day in worked))


def _roll(lang: Language, computed: Computed) -> str:
    if not computed.rolled:
        return ""
    later = Text(
        zh="届满日{day}为休息日，顺延至其后第一个工作日",
        en="the last day, {day}, is closed, so it moves to the next open day",
    )
    earlier = Text(
        zh="届满日{day}为休息日，提前至其前一个工作日",
        en="the last day, {day}, is closed, so it moves to the open day before",
    )
    says = later if computed.due > computed.unrolled_on else earlier
    return lang.pick(says).format(day=lang.day(computed.unrolled_on))


def _cap(lang: Language, period: Period) -> str:
    return lang.pick(period.capped_by.says) if period.capped_by else ""


def _extension(lang: Language, computed: Computed) -> str:
    if computed.extensions_granted:
        says = Text(zh="已计入{n}次延期", en="{n} extension(s) are included")
        return lang.pick(says).format(n=computed.extensions_granted)
    if computed.latest_on is None:
        return ""
    says = Text(zh="最迟可至{day}", en="at the very latest {day}")
    return lang.pick(says).format(day=lang.day(computed.latest_on))


def _others(lang: Language, computed: Computed) -> str:
    says = Text(zh="{says}为{day}", en="{says}: {day}")
    parts = (
        lang.pick(says).format(says=lang.pick(other.says), day=lang.day(other.due))
        for other in computed.others
    )
    return lang.joint.join(parts)


def _asked(lang: Language, computed: Computed) -> str:
    if computed.asked_id in {computed.rule_id, computed.family}:
        return ""
    says = Text(
        zh="所查为{asked}，该触发日适用的版本为{version}",
        en="asked for {asked}, and {version} is the version valid on the trigger day",
    )
    return lang.pick(says).format(asked=computed.asked_id, version=computed.rule_id)


def _runs(days: tuple[date, ...]) -> list[tuple[date, date]]:
    """Return runs of days that follow one another, as first and last."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day - runs[-1][1] == DAY:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _day_en(day: date) -> str:
    return f"{WEEKDAYS_EN[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def _day_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日星期{WEEKDAYS_ZH[day.weekday()]}"


def _span_en(first: date, last: date) -> str:
    end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{first.day} {MONTHS[first.month - 1]} {first.year} – {end}"


def _span_zh(first: date, last: date) -> str:
    start = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return start
    if (first.year, first.month) == (last.year, last.month):
        return f"{start}至{last.day}日"
    return f"{start}至{last.year}年{last.month}月{last.day}日"


def _step_en(step: Step) -> str:
    return f"{step.length} {UNITS_EN[step.unit]}{'' if step.length == 1 else 's'}"


def _step_zh(step: Step) -> str:
    return f"{step.length}{UNITS_ZH[step.unit]}"


ENGLISH = Language(
    pick=lambda text: text.en,
    day=_day_en,
    span=_span_en,
    step=_step_en,
    joint="; ",
    listed=" and ",
    lead="Due {due}: ",
    end=".",
)
CHINESE = Language(
    pick=lambda text: text.zh,
    day=_day_zh,
    span=_span_zh,
    step=_step_zh,
    joint="；",
    listed="、",
    lead="{due}届满：",
    end="。",
)
