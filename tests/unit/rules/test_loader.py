"""The loader refuses what it does not understand, naming the file and the rule."""

from pathlib import Path

import pytest

from service.rules.errors import RuleDataRefused
from tests.unit.rules.rulebox import Box, Row, rule, version


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def refusal(box: Box) -> dict[str, object]:
    with pytest.raises(RuleDataRefused) as caught:
        box.load()
    return caught.value.members


MONTHS = {"length": 3, "unit": "months"}
TEXT = {"zh": "另一数字", "en": "another figure"}

BROKEN: dict[str, Row] = {
    "unknown field of a rule": rule(colour="red"),
    "unknown field of a version": rule(version(period=3)),
    "unknown field of a step": rule(version(count=[MONTHS | {"about": True}])),
    "unknown unit": rule(version(count=[{"length": 3, "unit": "moons"}])),
    "unknown roll": rule(version(roll="next_weekday")),
    "unknown measure": rule(version(measure="around")),
    "unknown start": rule(version(start="tomorrow")),
    "unknown area": rule(area="space-law"),
    "unknown kind": rule(kind="guess"),
    "unknown confidence": rule(version(confidence="rumour")),
    "unknown flag": rule(version(flag="maybe")),
    "unknown authority": rule(authority="atlantis"),
    "unknown actor": rule(actor="ghost"),
    "unknown counting rule": rule(version(counting="cn-moon")),
    "unknown service table": rule(version(service="pigeon")),
    "unknown reason for leaving out": rule(version(count=None, counting=None, left_out="lazy")),
    "unknown rule it depends on": rule(depends_on=["no-such-rule"]),
    "unknown fact in a case": rule(version(cases=[{"when": {"mood": "good"}, "count": [MONTHS]}])),
    "unknown value of a fact": rule(
        version(cases=[{"when": {"perishable": "perhaps"}, "count": [MONTHS]}])
    ),
    "unknown rule to ask instead": rule(
        version(not_when=[{"when": {"perishable": "yes"}, "instead": "nothing", "says": TEXT}])
    ),
    "unknown fact in a bar": rule(version(not_when=[{"when": {"mood": "good"}, "says": TEXT}])),
    "unknown fact in a cap": rule(version(caps=[{"fact": "mood", "says": TEXT}])),
    "unknown required fact": rule(version(requires=["mood"])),
    "unknown later version": rule(version(transition={"at": "2027-01-01", "version": "nothing"})),
    "zero length": rule(version(count=[{"length": 0, "unit": "months"}])),
    "negative length": rule(version(count=[{"length": -3, "unit": "months"}])),
    "count and reason for leaving out": rule(version(left_out="statement")),
    "neither count nor reason": rule(version(count=None, counting=None)),
    "count without a counting rule": rule(version(counting=None)),
    "dates the wrong way round": rule(version(valid_from="2027-01-01", valid_to="2026-01-01")),
    "old figure without an end": rule(version(after_end="old_figure")),
    "conflict without the other figure": rule(version(flag="conflict")),
    "one language only": rule(title={"en": "Test"}),
    "empty words": rule(title={"zh": " ", "en": "Test"}),
    "counted rule without a trigger": rule(trigger=None),
    "counted rule without a task": rule(task=None),
    "no version": rule(versions=[]),
    "version without source": rule(version(source=None)),
    "version without a checked date": rule(version(checked=None)),
    "hours mixed with months": rule(version(count=[{"length": 3, "unit": "hours"}, MONTHS])),
    "overlapping versions": rule(
        version(valid_to="2026-06-30"), version(id="test-rule-2", valid_from="2026-06-30")
    ),
    "open end before a later version": rule(
        version(), version(id="test-rule-2", valid_from="2026-06-30")
    ),
    "versions in the wrong order": rule(
        version(id="test-rule-2", valid_from="2026-07-01", valid_to="2026-12-31"),
        version(valid_from="2025-01-01", valid_to="2026-06-30"),
    ),
    "id used by another rule": rule(version(), id="cn-tm-opposition"),
}


@pytest.mark.parametrize("row", BROKEN.values(), ids=BROKEN.keys())
def test_a_rule_it_does_not_understand_is_refused_by_file_and_name(box: Box, row: Row) -> None:
    told = refusal(box.write(row))
    assert told["file"] == "zz-test.yaml"
    assert str(told["rule"]).startswith(("test-rule", "cn-tm-opposition"))
    assert told["reason"]


def test_a_whole_rule_is_taken(box: Box) -> None:
    assert box.write(rule()).load().find("test-rule").file == "zz-test.yaml"


def test_an_unknown_jurisdiction_is_refused(box: Box) -> None:
    assert "jurisdiction" in str(refusal(box.write(rule(), jurisdiction="XX"))["reason"])


def test_an_unknown_field_of_a_file_is_refused(box: Box) -> None:
    assert "edition" in str(refusal(box.write(rule(), edition=3))["reason"])


def test_a_key_given_twice_is_refused(box: Box) -> None:
    told = refusal(box.text("law/zz-test.yaml", "jurisdiction: CN\njurisdiction: US\nrules: []\n"))
    assert "twice" in str(told["reason"])


def test_a_file_that_is_no_yaml_is_refused(box: Box) -> None:
    assert refusal(box.text("law/zz-test.yaml", "rules: [\n"))["file"] == "zz-test.yaml"


def test_a_file_that_is_a_list_is_refused(box: Box) -> None:
    assert refusal(box.text("law/zz-test.yaml", "- a\n"))["reason"] == "the file is not a mapping"


def test_a_missing_file_is_refused(box: Box) -> None:
    (box.folder / "counting.yaml").unlink()
    assert refusal(box)["file"] == "counting.yaml"


def test_a_counting_rule_with_an_unknown_calendar_is_refused(box: Box) -> None:
    told = refusal(box.change("counting.yaml", "counting", "jp", calendar="moon"))
    assert (told["file"], told["rule"]) == ("counting.yaml", "jp")


def test_a_counting_rule_with_an_unknown_last_day_is_refused(box: Box) -> None:
    told = refusal(box.change("counting.yaml", "counting", "jp", last_day="next_weekday"))
    assert (told["file"], told["rule"]) == ("counting.yaml", "jp")


def test_a_calendar_with_an_unknown_weekday_is_refused(box: Box) -> None:
    told = refusal(box.change("calendars.yaml", "calendars", "jp", weekend=["sat", "moonday"]))
    assert (told["file"], told["rule"]) == ("calendars.yaml", "jp")


def test_a_calendar_year_with_a_day_of_another_year_is_refused(box: Box) -> None:
    year = {"year": 2027, "notice": "notice", "days": "listed", "closed": ["2026-10-01"]}
    told = refusal(box.change("calendars.yaml", "calendars", "cn", years=[year]))
    assert told["rule"] == "cn"


def test_a_day_both_closed_and_worked_is_refused(box: Box) -> None:
    day = ["2027-10-01"]
    year = {"year": 2027, "notice": "n", "days": "listed", "closed": day, "working": day}
    told = refusal(box.change("calendars.yaml", "calendars", "cn", years=[year]))
    assert "both" in str(told["reason"])


def test_a_calendar_that_chooses_by_an_unknown_fact_is_refused(box: Box) -> None:
    told = refusal(box.change("calendars.yaml", "calendars", "ae", fact="mood"))
    assert (told["file"], told["rule"]) == ("calendars.yaml", "ae")
