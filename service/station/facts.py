"""What a rule of the library says, in a sentence of each language: no figure is written twice."""

from dataclasses import dataclass
from datetime import date

from service.rules.book import RuleBook
from service.rules.explaining import count_in_words
from service.rules.schema import Measure, Text, Version


@dataclass(frozen=True, slots=True)
class Fact:
    """One rule as guidance quotes it."""

    rule_id: str
    text: Text
    basis: str
    source: str
    checked: date
    sure: bool
    """Stated from a source without a flag; else it is shown as unsure."""


SAYS = {
    Measure.AFTER: Text(zh="{title}：自{trigger}起{count}", en="{title}: {count} from {trigger}"),
    Measure.BEFORE: Text(zh="{title}：{trigger}前{count}", en="{title}: {count} before {trigger}"),
    Measure.OPENS_BEFORE: Text(
        zh="{title}：{trigger}前{count}内", en="{title}: within {count} before {trigger}"
    ),
}


def fact_of(rule_id: str, book: RuleBook, on: date) -> Fact:
    """Return what a rule says on a day.

    Raises:
        RuleUnknown: there is no such rule.
    """
    rule = book.find(rule_id).rule
    versions = [one for one in rule.versions if one.holds_on(on)] or list(rule.versions)
    version = versions[-1]
    return Fact(
        rule_id=rule_id,
        text=Text(
            zh=_sentence(rule.title, rule.trigger, version, "zh"),
            en=_sentence(rule.title, rule.trigger, version, "en"),
        ),
        basis=version.basis,
        source=version.source,
        checked=version.checked,
        sure=version.confidence.value == "source" and version.flag.value == "none",
    )


def _sentence(title: Text, trigger: Text | None, version: Version, language: str) -> str:
    said: str = getattr(title, language)
    if version.count and trigger is not None:
        said = getattr(SAYS[version.measure], language).format(
            title=said,
            trigger=getattr(trigger, language),
            count=getattr(count_in_words(version.count), language),
        )
    if version.note is not None:
        said += ("；" if language == "zh" else "; ") + getattr(version.note, language)
    return said + ("。" if language == "zh" else ".")
