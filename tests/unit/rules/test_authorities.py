"""Customs authorities: every figure a rule, every list with its basis, and nothing guessed."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from service.rules.authorities import (
    DATA,
    Act,
    AuthorityUnknown,
    Reckoning,
    RightKind,
    Standing,
    authorities,
    authority,
    authority_of_market,
    change_due,
    correction_due,
    decision_due,
    fee_for,
    load_authorities,
    renewal_window,
    term_end,
)
from service.rules.authorities.showing import limits_of, rule_says, rules_by_part
from service.rules.errors import RuleDataRefused
from service.rules.evaluator import compute
from service.rules.loader import library
from service.rules.schema import Confidence

FULL = ["gacc", "us-cbp", "eu-customs", "gb-hmrc", "tr-customs", "in-customs", "jp-customs"]
FULL += ["kr-customs"]
UNREAD = ["BD", "PK", "NG", "EG", "PE", "CO", "CL", "KZ", "UZ", "KH", "MM", "LA", "TW", "OA"]
MARK = RightKind.TRADEMARK
DAY = date(2026, 11, 2)
DOC = (Path(__file__).parents[3] / "docs" / "recordation.md").read_text(encoding="utf-8")


def test_the_full_authorities_are_the_eight_in_their_order() -> None:
    assert [one.code for one in authorities() if one.standing is Standing.FULL] == FULL


@pytest.mark.parametrize("one", authorities(), ids=lambda one: one.code)
def test_every_rule_an_authority_names_exists(one: object) -> None:
    missing = [rule for rule in one.rule_ids() if rule not in library().families]  # type: ignore[attr-defined]
    assert missing == []


def test_every_researched_rule_of_recordation_is_used_by_an_authority() -> None:
    used = set().union(*(one.rule_ids() for one in authorities()))
    families = {library().families[rule] for rule in used}
    recordation = {
        placed.rule.id
        for placed in library().placed.values()
        if placed.rule.area.value in {"customs-recordation", "customs-detention"}
    }
    assert recordation - families == {"trips-55"}, "the minimum of a treaty is no authority's rule"


@pytest.mark.parametrize("market", UNREAD)
def test_a_market_nobody_has_read_says_so_and_gives_no_figure(market: str) -> None:
    one = authority_of_market(market)
    assert one.standing is Standing.NOT_RESEARCHED
    assert term_end(one, MARK, DAY, date(2030, 1, 1)).how is Reckoning.NOT_RESEARCHED
    assert fee_for(one, MARK, Act.FILING, on=DAY).amount is None
    assert decision_due(one, DAY).due is None


@pytest.mark.parametrize("market", ["HK", "MY", "BR"])
def test_where_there_is_no_recordal_it_is_told_what_to_do(market: str) -> None:
    one = authority_of_market(market)
    assert one.standing is Standing.NONE
    assert one.instead
    assert one.instead.zh != one.instead.en


def test_a_member_state_is_answered_by_its_union() -> None:
    assert authority_of_market("DE").code == authority_of_market("法国").code == "eu-customs"


@pytest.mark.parametrize("name", ["CH", "Atlantis"])
def test_a_market_without_an_authority_is_not_researched(name: str) -> None:
    with pytest.raises(AuthorityUnknown):
        authority_of_market(name)


def test_the_term_of_china_is_ten_years_and_never_longer_than_the_right() -> None:
    gacc = authority("gacc")
    assert term_end(gacc, MARK, DAY, date(2040, 1, 1)).due == date(2036, 11, 2)
    early = term_end(gacc, MARK, DAY, date(2031, 5, 20))
    assert (early.due, early.capped) == (date(2031, 5, 20), True)


def test_the_term_is_the_earlier_even_where_the_rule_says_nothing_of_the_right() -> None:
    found = term_end(authority("eu-customs"), MARK, DAY, date(2027, 3, 1))
    assert (found.due, found.capped) == (date(2027, 3, 1), True)


def test_cbp_ends_with_the_registration() -> None:
    cbp = authority("us-cbp")
    found = term_end(cbp, MARK, DAY, date(2031, 5, 20))
    assert (found.how, found.due) == (Reckoning.ENDS_WITH_RIGHT, date(2031, 5, 20))
    assert term_end(cbp, MARK, DAY, None).how is Reckoning.NO_END_KNOWN
    assert term_end(cbp, RightKind.COPYRIGHT, DAY, None).due == date(2046, 11, 2)
    assert term_end(cbp, RightKind.TRADE_NAME, DAY, None).how is Reckoning.NOT_RESEARCHED


def test_dates_are_those_of_the_rule_and_carry_it() -> None:
    gacc = authority("gacc")
    assert decision_due(gacc, DAY).computed == compute("cn-gacc-decision", DAY)
    assert decision_due(gacc, DAY, renewal=True).rule == "cn-gacc-renewal-decision"
    assert change_due(gacc, DAY).computed == compute("cn-gacc-change", DAY)
    assert change_due(gacc, DAY, lapse=True).rule == "cn-gacc-cancel-on-lapse"
    window = renewal_window(gacc, MARK, date(2031, 5, 20))
    assert (window.opens_on, window.due) == (date(2030, 11, 20), date(2031, 5, 20))
    assert correction_due(gacc, DAY).how is Reckoning.NOT_RESEARCHED


def test_the_calendar_of_the_member_state_is_used() -> None:
    eu = authority("eu-customs")
    german, unknown = (decision_due(eu, DAY, state=state).computed for state in ("DE", ""))
    assert german
    assert unknown
    assert [german.provisional, unknown.provisional] == [False, True]


def test_a_duty_without_a_period_is_to_be_done_at_once() -> None:
    assert change_due(authority("eu-customs"), DAY).how is Reckoning.AT_ONCE
    assert change_due(authority("gb-hmrc"), DAY).how is Reckoning.NOT_RESEARCHED


@pytest.mark.parametrize(
    ("code", "act", "classes", "amount", "currency"),
    [
        ("gacc", Act.FILING, 3, 0, "CNY"),
        ("us-cbp", Act.FILING, 3, 570, "USD"),
        ("us-cbp", Act.RENEWAL, 2, 160, "USD"),
        ("us-cbp", Act.CHANGE, 2, 80, "USD"),
        ("eu-customs", Act.FILING, 3, 0, ""),
        ("in-customs", Act.FILING, 3, 2000, "INR"),
        ("kr-customs", Act.FILING, 1, None, ""),
    ],
)
def test_fees_come_from_the_rules(
    code: str, act: Act, classes: int, amount: int | None, currency: str
) -> None:
    found = fee_for(authority(code), MARK, act, classes=classes, on=DAY)
    assert (found.amount, found.currency) == (amount, currency)


def test_a_rule_from_memory_shows_its_badge() -> None:
    assert [badge.code for badge in rule_says("tr-term", DAY).badges] == ["memory"]
    assert "conflict" in [badge.code for badge in rule_says("in-term", DAY).badges]


def test_every_rule_of_an_authority_is_shown_somewhere() -> None:
    for one in authorities():
        shown = {says.rule_id for rules in rules_by_part(one, DAY).values() for says in rules}
        families = {library().families[rule] for rule in shown}
        assert families == {library().families[rule] for rule in one.rule_ids()}


def test_the_limits_of_pictures_are_told() -> None:
    cbp = authority("us-cbp")
    field = next(each for each in cbp.fields if each.key == "goods_pictures")
    limits = limits_of(field, cbp)
    assert limits
    assert limits.en == "JPG/GIF, at most 2048 KB each"


def test_the_table_in_the_manual_is_the_one_of_the_files() -> None:
    for one in authorities():
        line = (
            f"| `{one.code}` | {one.market} | {one.name.zh} {one.name.en} | "
            f"`{one.standing.value}` | {len(one.fields)} | {len(one.documents)} | "
            f"{len(one.rule_ids())} |"
        )
        assert line in DOC


Row = dict[str, object]
WORDS = {"zh": "某", "en": "some"}
BASIS = {"confidence": "memory", "source": "a form"}
BROKEN: dict[str, Callable[[Row], object]] = {
    "unknown field of the file": lambda row: row.update(colour="red"),
    "unknown rule": lambda row: row.update(decision="no-such-rule"),
    "unknown market": lambda row: row.update(market="QQ"),
    "unknown right": lambda row: row.update(rights=["goodwill"]),
    "code of another file": lambda row: row.update(code="other"),
    "a field nobody shares": lambda row: row["groups"][0]["fields"].append("shoe_size"),  # type: ignore[index]
    "a field twice": lambda row: row["groups"][0]["fields"].append("right_title"),  # type: ignore[index]
    "a field with an unknown key": lambda row: row["groups"][0]["fields"].append(  # type: ignore[index]
        {"key": "hs_codes", "colour": "red"}
    ),
    "an unknown source": lambda row: row["groups"][0]["fields"].append(  # type: ignore[index]
        {"key": "hs_codes", "source": "anywhere"}
    ),
    "no documents": lambda row: row.update(documents=[], documents_basis=None),
    "documents without a basis": lambda row: row.update(documents_basis=None),
    "a source of a field it does not have": lambda row: row["fields_read"][0]["fields"].append(  # type: ignore[index]
        "shoe_size"
    ),
    "a field read in two sources": lambda row: row["fields_read"].append(  # type: ignore[attr-defined]
        {"source": "elsewhere", "fields": ["features"]}
    ),
    "no such time zone": lambda row: row.update(time_zone="Asia/Nowhere"),
    "fields without a basis": lambda row: row.update(fields_basis=None),
    "what to do instead of a full one": lambda row: row.update(instead=WORDS),
    "no recordal and nothing instead": lambda row: row.update(standing="none"),
    "not researched with rules": lambda row: row.update(standing="not_researched"),
    "one language": lambda row: row.update(name={"en": "Some"}),
}


def test_a_field_that_was_read_names_its_source_and_any_other_keeps_the_badge() -> None:
    india = authority("in-customs")

    assert "annexure" in india.fields_read[india.place_of("iec") - 1].source
    assert india.confidence_of("iec") is Confidence.SOURCE
    assert india.place_of("mark_image") == 0
    assert india.confidence_of("mark_image") is Confidence.MEMORY
    assert authority("ke-aca").confidence_of("iec") is None
    unread = [one.code for one in authorities() if one.groups and not one.fields_read]
    assert unread == ["gacc", "gb-hmrc"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.mark.parametrize("name", BROKEN)
def test_the_loader_refuses_what_it_does_not_understand(folder: Path, name: str) -> None:
    path = folder / "kr-customs.yaml"
    row = yaml.safe_load(path.read_text(encoding="utf-8"))
    BROKEN[name](row)
    path.write_text(yaml.safe_dump(row, allow_unicode=True), encoding="utf-8")
    with pytest.raises(RuleDataRefused) as caught:
        load_authorities(folder)
    assert caught.value.members["file"] in {"kr-customs.yaml", "other.yaml", "shared.yaml"}


def test_an_authority_that_the_order_forgets_is_refused(folder: Path) -> None:
    (folder / "kr-customs.yaml").unlink()
    with pytest.raises(RuleDataRefused):
        load_authorities(folder)
