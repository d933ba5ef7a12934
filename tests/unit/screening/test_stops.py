"""What in the words of two marks makes a verdict milder, told without their forms."""

import pytest

from service.matching.engine import Sign, compare, prepare
from service.matching.sides import Side
from service.rules.markets.packs import Evidence, Script, SignBand, packs
from service.rules.markets.packs.verdicts import sign_band
from service.screening.judging import sign_evidence
from service.screening.signs import NOTHING, Stop
from service.screening.weighing import stop_of

PAIRS = {
    ("电老虎", "电飞虎"): Stop(apart=True),
    ("小白兔", "小黑兔"): Stop(apart=True),
    ("GREEN MOTORS", "GREEN BIKES"): Stop(weak_only=True),
    ("苏州科技", "杭州科技"): Stop(weak_only=True),
    ("郑州银行", "苏州银行"): Stop(weak_only=True),
    ("中国电动车", "美国电动车"): Stop(weak_only=True),
    ("北京汽车", "上海汽车"): Stop(weak_only=True),
    ("GERMAN MOTORS", "ITALIAN MOTORS"): Stop(weak_only=True),
    ("SUPER BIKE", "ULTRA BIKE"): Stop(weak_only=True),
    ("NEW YORK COFFEE", "PARIS COFFEE"): Stop(weak_only=True),
    ("GERMAN MOTORS", "GERMANY MOTORS"): NOTHING,
    ("RED BIKE", "ROJO BIKE"): NOTHING,
    ("SUPER BIKE", "SUPERR BIKE"): NOTHING,
    ("SUPER BIKE", "BIKE"): NOTHING,
    ("苏州科技", "苏洲科技"): NOTHING,
    ("雅迪科技", "亚迪科技"): NOTHING,
    ("康师傅", "康帅傅"): NOTHING,
    ("大白兔", "太白兔"): NOTHING,
    ("金银山", "金银衫"): NOTHING,
    ("YADEA", "YADIA"): NOTHING,
}


@pytest.mark.parametrize(("name", "mark"), PAIRS)
def test_what_stops_a_verdict_is_told_from_the_words_alone(name: str, mark: str) -> None:
    compared = compare(prepare(Sign(name)), prepare(Sign(mark)))
    told = stop_of(Side(prepare(Sign(name)), None), mark)
    assert told == PAIRS[name, mark] == Stop(compared.weak_only, compared.apart)


@pytest.mark.parametrize(("pack", "band"), [("cn", SignBand.LOW), ("eu", SignBand.AVERAGE)])
def test_han_marks_that_say_something_else_are_low_in_china_alone(
    pack: str, band: SignBand
) -> None:
    compared = compare(prepare(Sign("电老虎")), prepare(Sign("电飞虎")))
    found, _ = sign_band(
        packs()[pack],
        sign_evidence(compared, "电老虎", "电飞虎", evidence=Evidence.NONE, linked=False),
    )
    assert found is band


def test_letters_of_another_script_that_look_the_same_are_high() -> None:
    compared = compare(prepare(Sign("СОСА")), prepare(Sign("COCA")))
    found, _ = sign_band(
        packs()["eu"], sign_evidence(compared, "СОСА", "COCA", evidence=Evidence.NONE, linked=False)
    )
    assert found is SignBand.HIGH


@pytest.mark.parametrize(("written", "name"), [("ＳＥＲＴＵＮ", "SERTUN"), ("ÉÉÉ", "EEE")])
def test_full_width_and_accented_letters_are_latin(written: str, name: str) -> None:
    told = [
        sign_evidence(
            compare(prepare(Sign(one)), prepare(Sign("CERTAIN"))),
            one,
            "CERTAIN",
            evidence=Evidence.NONE,
            linked=False,
        )
        for one in (written, name)
    ]
    assert told[0] == told[1]
    assert told[0].script is Script.LATIN
