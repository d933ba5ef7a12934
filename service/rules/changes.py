"""Computes a stored date again when the data has changed, and says why it moved or stayed."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from service.rules.book import RuleBook
from service.rules.domain import Before, Change, Computed
from service.rules.evaluator import compute
from service.rules.explaining import CHINESE, ENGLISH
from service.rules.loader import library
from service.rules.schema import Text

MOVED = Text(zh="原为{old}，现为{new}。", en="It was {old} and is now {new}. ")
STAYED = Text(zh="仍为{new}。", en="It is still {new}. ")
SETTLED = Text(zh="日期由暂定转为确定。", en="The date was provisional and is now firm. ")
STILL_OPEN = Text(zh="日期仍为暂定。", en="The date is still provisional. ")
NOTICE = Text(zh="依据已公布的{notice}重新计算。", en="It was computed again with {notice}. ")
VERSION = Text(zh="规则版本由{old}改为{new}。", en="The rule changed from version {old} to {new}. ")
REASON = Text(zh="现在的理由：{why}", en="The reason now: {why}")


def recompute(
    rule_id: str,
    trigger: date | datetime,
    facts: Mapping[str, str],
    before: Before,
    *,
    book: RuleBook | None = None,
) -> Change:
    """Compute a date again from its stored question and set it beside what was stored.

    `rule_id`, `trigger` and `facts` are as they were given to `compute`; `before` is what was
    stored of the earlier date; `book` is the library as it is now.
    """
    book = book or library()
    new = compute(rule_id, trigger, facts, book=book)
    return Change(before, new, _explained(before, new, book))


def _explained(before: Before, new: Computed, book: RuleBook) -> Text:
    parts = list(_parts(before, new, book))
    return Text(
        zh="".join(part.zh for part in parts),
        en="".join(part.en for part in parts),
    )


def _parts(before: Before, new: Computed, book: RuleBook) -> Iterator[Text]:
    moved = before.due != new.due
    yield _dated(MOVED if moved else STAYED, before.due, new.due)
    if before.provisional:
        yield STILL_OPEN if new.provisional else SETTLED
    if before.rule_version != new.rule_version:
        yield _filled(VERSION, old=before.rule_version, new=new.rule_version)
    if before.provisional:
        for notice in _notices(new, book):
            yield _filled(NOTICE, notice=notice)
    yield Text(
        zh=REASON.zh.format(why=new.explanation.zh), en=REASON.en.format(why=new.explanation.en)
    )


def _notices(new: Computed, book: RuleBook) -> list[str]:
    """Return the published notices of the years the period ran through."""
    entry = book.calendars.entry(new.calendar)
    years = range(new.trigger_on.year, new.due.year + 1)
    return [year.notice for year in entry.years if year.year in years]


def _filled(text: Text, **values: str) -> Text:
    return Text(zh=text.zh.format(**values), en=text.en.format(**values))


def _dated(text: Text, old: date, new: date) -> Text:
    return Text(
        zh=text.zh.format(old=CHINESE.day(old), new=CHINESE.day(new)),
        en=text.en.format(old=ENGLISH.day(old), new=ENGLISH.day(new)),
    )
