"""A hit as it is shown: each market with its office's rules, for the name that decides there."""

from dataclasses import replace

from service.core.settings import Settings
from service.screening.domain import BrandRole
from service.screening.hits import hit_out
from service.screening.plan import read_plan
from service.screening.schemas import RouteIn, ScreeningIn
from tests.unit.screening.test_judging import judged

NAMES = ["隆鑫", "LONCIN"]


def test_a_market_decided_by_another_name_tells_that_name_and_its_rules() -> None:
    route = RouteIn(origin="CN", destinations=["CN"])
    plan = read_plan(ScreeningIn(names=NAMES, route=route), Settings())
    first, other = (judged(name, "LONXIN", "CN") for name in NAMES)
    there = replace(other.markets["CN"], name=1, comparison=other.comparison)
    shown = hit_out(replace(first, markets={"CN": there}), at=1, plan=plan, role=BrandRole.OWN)
    alone = hit_out(other, at=1, plan=plan, role=BrandRole.OWN).markets["CN"]

    assert shown.name == NAMES[0]
    assert shown.markets["CN"] == alone.model_copy(update={"name": NAMES[1]})
    assert alone.rules
    told = {rule.id for rule in (*shown.rules, *shown.counter_evidence)}
    assert set(alone.rules) <= told
