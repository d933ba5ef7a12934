import re
from datetime import date

import pytest

from service.core.errors import NotFound
from service.rules.loader import library
from service.station.knowledge import TOPICS, entries, search, told

DAY = date(2026, 11, 28)
FIGURE = re.compile(
    r"(?:\d+|[一二三四五六七八九十]+|two|three|five|ten)\s*"
    r"(?:个?工作日|日内|天|年|个月|business days?|working days?|days?|months?|years?)"
)


@pytest.mark.parametrize("entry_id", list(entries()))
def test_an_entry_rests_on_rules_and_says_no_period_itself(entry_id: str) -> None:
    found = told(entry_id, library(), DAY)
    assert [fact.rule_id for fact in found.facts] == list(found.entry.rules)
    assert all(fact.basis and fact.source for fact in found.facts)
    for language in ("zh", "en"):
        text = getattr(found.entry.text, language)
        assert text.strip()
        assert not FIGURE.search(text)
        whole = found.full_text(language)
        assert all(getattr(fact.text, language) in whole for fact in found.facts)
        assert str(found.checked) in whole


def test_every_topic_has_guidance_and_the_age_is_that_of_its_oldest_fact() -> None:
    assert {entry.topic for entry in entries().values()} == set(TOPICS)
    found = told("us-schedule-a", library(), DAY)
    assert found.checked == min(fact.checked for fact in found.facts)


def test_the_search_wants_every_word_in_either_language_and_puts_titles_first() -> None:
    assert search("临时限制令")[0].id == "us-schedule-a"
    assert search("schedule frozen")[0].id == "us-schedule-a"
    assert search("司法确认", market="cn")[0].id == "cn-mediation"
    assert {one.market for one in search(market="EU")} <= {"EU", "any"}
    assert search("no such word anywhere") == []
    assert [one.id for one in search(topic="domain")] == ["udrp"]


def test_what_is_not_there_is_absent() -> None:
    with pytest.raises(NotFound):
        told("nothing", library(), DAY)
