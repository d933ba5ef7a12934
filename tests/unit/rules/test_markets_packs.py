import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.matching.rulebook import RULES
from service.rules.goods.domain import GoodsDegree
from service.rules.markets import market, markets
from service.rules.markets.packs import (
    AxisName,
    DutyKind,
    Evidence,
    RulePack,
    Script,
    SignBand,
    SignEvidence,
    Standing,
    VerdictBand,
    duties_of,
    pack_rules,
    packs,
    public_of,
    sign_rules,
    standing_of,
    verdict,
    worst,
)
from service.rules.markets.packs.domain import BandRow
from service.rules.markets.packs.loading import check_bands
from service.rules.markets.packs.verdicts import band_of
from service.rules.markets.tables import RuleDataError

PACKS = list(packs().values())
SIGNS = sorted(SignBand, key=lambda band: band.rank)
DEGREES = sorted(GoodsDegree, key=lambda degree: degree.rank)
STRENGTH = list(Evidence)
LIVE = [Standing.DEAD, Standing.PENDING, Standing.REGISTERED]

some_signs = st.builds(
    SignEvidence,
    similarity=st.floats(0, 1),
    axes=st.dictionaries(st.sampled_from(AxisName), st.sampled_from(SIGNS)),
    evidence=st.sampled_from(STRENGTH),
    script=st.sampled_from(Script),
    length=st.integers(1, 40),
    weak_only=st.booleans(),
    apart=st.booleans(),
)
some_packs = st.sampled_from(PACKS)
some_goods = st.sampled_from(DEGREES)
some_standings = st.sampled_from(Standing)


def changed(sign: SignEvidence, **fields: object) -> SignEvidence:
    values = {name: getattr(sign, name) for name in SignEvidence.__slots__}
    return SignEvidence(**{**values, **fields})


def level(
    pack: RulePack, sign: SignEvidence, goods: GoodsDegree, standing: Standing = Standing.REGISTERED
) -> int:
    return verdict(pack, sign=sign, goods=goods, standing=standing).band.rank


@given(some_packs, some_signs, some_goods, some_standings, st.floats(0, 1))
def test_a_higher_similarity_never_gives_a_milder_verdict(
    pack: RulePack, sign: SignEvidence, goods: GoodsDegree, standing: Standing, other: float
) -> None:
    low, high = sorted((sign.similarity, other))
    milder = level(pack, changed(sign, similarity=low), goods, standing)
    assert level(pack, changed(sign, similarity=high), goods, standing) >= milder


@given(some_packs, some_signs, some_goods, st.sampled_from(AxisName), st.lists(
    st.sampled_from(SIGNS), min_size=2, max_size=2))  # fmt: skip
def test_a_nearer_axis_never_gives_a_milder_verdict(
    pack: RulePack, sign: SignEvidence, goods: GoodsDegree, axis: AxisName, two: list[SignBand]
) -> None:
    far, near = sorted(two, key=lambda band: band.rank)
    milder = level(pack, changed(sign, axes={**sign.axes, axis: far}), goods)
    assert level(pack, changed(sign, axes={**sign.axes, axis: near}), goods) >= milder


@given(some_packs, some_signs, some_goods)
def test_stronger_evidence_never_gives_a_milder_verdict(
    pack: RulePack, sign: SignEvidence, goods: GoodsDegree
) -> None:
    levels = [level(pack, changed(sign, evidence=one), goods) for one in STRENGTH]
    assert levels == sorted(levels)


@given(some_packs, some_signs)
def test_nearer_goods_never_give_a_milder_verdict(pack: RulePack, sign: SignEvidence) -> None:
    levels = [level(pack, sign, degree) for degree in DEGREES]
    assert levels == sorted(levels)


@given(some_packs, some_signs, some_goods)
def test_a_firmer_standing_never_gives_a_milder_verdict(
    pack: RulePack, sign: SignEvidence, goods: GoodsDegree
) -> None:
    levels = [level(pack, sign, goods, standing) for standing in LIVE]
    assert levels == sorted(levels)


@given(some_packs, some_signs, some_goods)
def test_a_status_nobody_knows_counts_as_live(
    pack: RulePack, sign: SignEvidence, goods: GoodsDegree
) -> None:
    assert level(pack, sign, goods, Standing.UNKNOWN) == level(pack, sign, goods)


@given(some_packs, some_signs, some_goods)
def test_meeting_in_weak_words_alone_never_gives_a_worse_verdict(
    pack: RulePack, sign: SignEvidence, goods: GoodsDegree
) -> None:
    weak = level(pack, changed(sign, weak_only=True), goods)
    assert weak <= level(pack, changed(sign, weak_only=False), goods)


@given(some_packs, some_goods, some_standings, st.booleans())
def test_an_equal_mark_is_never_passed_over_where_it_is_in_force(
    pack: RulePack, goods: GoodsDegree, standing: Standing, weak: bool
) -> None:
    sign = SignEvidence(1.0, weak_only=weak)
    assert (level(pack, sign, goods, standing) > 0) == (standing is not Standing.DEAD)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_an_equal_registered_mark_for_the_same_goods_blocks(pack: RulePack) -> None:
    assert level(pack, SignEvidence(1.0), GoodsDegree.IDENTICAL) == VerdictBand.BLOCKED.rank


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_an_equal_mark_that_is_pending_does_not_block_yet(pack: RulePack) -> None:
    found = level(pack, SignEvidence(1.0), GoodsDegree.IDENTICAL, Standing.PENDING)
    assert found == VerdictBand.HIGH.rank


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_unknown_goods_are_worse_than_dissimilar_goods(pack: RulePack) -> None:
    sign = SignEvidence(1.0)
    assert level(pack, sign, GoodsDegree.UNKNOWN) > level(pack, sign, GoodsDegree.DISSIMILAR)


def test_marks_that_meet_in_weak_words_alone_are_low_and_say_so() -> None:
    found = verdict(
        packs()["eu"],
        sign=SignEvidence(0.95, weak_only=True),
        goods=GoodsDegree.IDENTICAL,
        standing=Standing.REGISTERED,
    )
    assert (found.band, "EU-3" in [one.rule.id for one in found.fired]) == (VerdictBand.LOW, True)


@pytest.mark.parametrize(
    ("pack", "similarity", "goods", "expected"),
    [
        ("cn", 1.0, "similar", "blocked"),
        ("eu", 1.0, "similar", "high"),
        ("eu", 1.0, "related", "medium"),
        ("us", 1.0, "related", "high"),
        ("eu", 1.0, "dissimilar", "low"),
        ("eu", 0.85, "identical", "high"),
        ("eu", 0.85, "unknown", "medium"),
        ("eu", 0.85, "dissimilar", "low"),
        ("cn", 0.76, "identical", "high"),
        ("gb", 0.76, "identical", "medium"),
        ("gb", 0.76, "dissimilar", "none"),
        ("general", 0.55, "identical", "low"),
        ("general", 0.40, "identical", "none"),
    ],
)
def test_similarity_and_goods_offset_one_another(
    pack: str, similarity: float, goods: str, expected: str
) -> None:
    found = level(packs()[pack], SignEvidence(similarity), GoodsDegree(goods))
    assert found == VerdictBand(expected).rank


def test_a_mark_no_longer_in_force_is_no_bar() -> None:
    found = level(packs()["eu"], SignEvidence(1.0), GoodsDegree.IDENTICAL, Standing.DEAD)
    assert found == VerdictBand.NONE.rank


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_letters_of_another_script_that_look_the_same_need_no_evidence(pack: RulePack) -> None:
    sign = SignEvidence(0.85, {AxisName.VISUAL: SignBand.HIGH}, script=Script.ACROSS)
    assert level(pack, sign, GoodsDegree.IDENTICAL) == VerdictBand.HIGH.rank


@pytest.mark.parametrize(("pack", "band"), [("cn", SignBand.LOW), ("eu", SignBand.HIGH)])
def test_marks_that_clearly_say_something_else_are_low_where_the_office_has_such_a_rule(
    pack: str, band: SignBand
) -> None:
    sign = SignEvidence(0.85, script=Script.HAN, length=3, apart=True)
    found = verdict(
        packs()[pack], sign=sign, goods=GoodsDegree.IDENTICAL, standing=Standing.REGISTERED
    )
    assert (found.sign, "CN-3" in [one.rule.id for one in found.fired]) == (band, pack == "cn")


def test_a_translation_reaches_across_scripts_without_a_proven_association() -> None:
    sign = SignEvidence(0.85, {AxisName.CONCEPTUAL: SignBand.HIGH}, script=Script.ACROSS)
    assert level(packs()["cn"], sign, GoodsDegree.IDENTICAL) == VerdictBand.HIGH.rank


def test_a_transliteration_without_evidence_stays_low_in_china() -> None:
    sign = SignEvidence(0.9, script=Script.ACROSS)
    found = verdict(
        packs()["cn"], sign=sign, goods=GoodsDegree.IDENTICAL, standing=Standing.REGISTERED
    )
    assert (found.sign, [one.rule.id for one in found.fired if one.effect == "lowers"]) == (
        SignBand.LOW,
        ["CN-10"],
    )


def test_a_transliteration_with_a_proven_association_is_high_in_china() -> None:
    axes = {AxisName.TRANSLITERATION: SignBand.IDENTICAL}
    sign = SignEvidence(0.5, axes, script=Script.ACROSS, evidence=Evidence.ASSOCIATION)
    assert level(packs()["cn"], sign, GoodsDegree.IDENTICAL) == VerdictBand.HIGH.rank


def test_one_axis_alone_may_suffice_in_the_united_states() -> None:
    sign = SignEvidence(0.3, {AxisName.AURAL: SignBand.IDENTICAL})
    assert level(packs()["us"], sign, GoodsDegree.IDENTICAL) == VerdictBand.HIGH.rank


def test_the_same_similarity_counts_less_for_short_marks() -> None:
    pack = packs()["eu"]
    short = band_of(pack, 0.82, Script.LATIN, 3)
    assert short.rank < band_of(pack, 0.82, Script.LATIN, 8).rank


@pytest.mark.parametrize(("length", "band"), [(3, SignBand.AVERAGE), (4, SignBand.HIGH)])
def test_the_length_of_a_row_belongs_to_it(length: int, band: SignBand) -> None:
    assert band_of(packs()["eu"], 0.82, Script.LATIN, length) is band


def test_a_chinese_name_of_two_characters_is_no_short_word_beside_letters() -> None:
    assert {band_of(pack, 0.66, Script.ACROSS, 2) for pack in PACKS} == {SignBand.AVERAGE}


def test_only_equal_marks_are_identical() -> None:
    assert band_of(packs()["eu"], 0.9999, Script.LATIN, 9) is SignBand.HIGH


def test_a_short_mark_says_by_which_rule_it_counts_less() -> None:
    found = verdict(
        packs()["eu"],
        sign=SignEvidence(0.82, length=3),
        goods=GoodsDegree.IDENTICAL,
        standing=Standing.REGISTERED,
    )
    assert "EU-5" in [one.rule.id for one in found.fired]


@given(some_packs, some_signs, some_goods, some_standings)
def test_a_verdict_explains_itself_in_both_languages(
    pack: RulePack, sign: SignEvidence, goods: GoodsDegree, standing: Standing
) -> None:
    found = verdict(pack, sign=sign, goods=goods, standing=standing)
    assert found.explanation.zh
    assert pack.rules["interdependence"].id in found.explanation.en


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_every_threshold_says_where_it_was_chosen(pack: RulePack) -> None:
    assert all(row.source for row in pack.bands)


def test_every_rule_of_practice_is_told_in_both_languages_with_its_reference() -> None:
    rules = pack_rules()
    assert [key for key, one in rules.items() if not one.text.zh or not one.text.en] == []
    assert [key for key, one in rules.items() if not one.reference] == []


@pytest.mark.parametrize(
    ("place", "reads", "han", "understands"),
    [
        ("DE", {"de", "en"}, False, {"de", "en"}),
        ("CN", {"zh", "en"}, True, {"zh", "en"}),
        ("US", {"en", "es", "fr", "de", "zh"}, True, {"en", "es", "ja", "ru"}),
        ("GB", {"en"}, False, {"en"}),
        ("BR", {"pt", "en"}, False, {"pt", "es", "en"}),
        ("JP", {"ja", "en"}, True, {"ja", "zh", "en"}),
    ],
)
def test_a_public_reads_and_understands_the_languages_of_its_market(
    place: str, reads: set[str], han: bool, understands: set[str]
) -> None:
    public = public_of(market(place))
    assert (set(public.reads), public.han) == (reads, han)
    assert understands <= public.understands


def test_english_is_a_language_of_every_market() -> None:
    assert [code for code, one in markets().items() if "en" not in public_of(one).reads] == []


def test_thresholds_that_do_not_fall_are_refused() -> None:
    with pytest.raises(RuleDataError):
        check_bands("x", [BandRow(Script.LATIN, 9, 0.5, 0.6, 0.4, "s")])


def test_a_row_of_short_marks_that_is_milder_than_that_of_longer_ones_is_refused() -> None:
    short, long = (
        BandRow(Script.LATIN, *row, "s") for row in ((3, 0.8, 0.6, 0.5), (9, 0.8, 0.7, 0.5))
    )
    with pytest.raises(RuleDataError):
        check_bands("x", [short, long])


@pytest.mark.parametrize(
    ("status", "standing"),
    [("registered", Standing.REGISTERED), ("filed", Standing.PENDING),
     ("cancelled", Standing.DEAD), ("opposed", Standing.UNKNOWN), ("???", Standing.UNKNOWN)],
)  # fmt: skip
def test_a_status_has_a_standing(status: str, standing: Standing) -> None:
    assert standing_of(status) is standing


def test_the_worst_of_several_verdicts_stands() -> None:
    assert worst((VerdictBand.LOW, VerdictBand.HIGH)) is VerdictBand.HIGH


def test_no_marks_make_no_verdict() -> None:
    assert worst(()) is VerdictBand.NONE


def test_oem_work_asks_for_the_papers_of_the_buyer() -> None:
    wanted = {duty.id for duty in duties_of("CN", role="oem") if duty.kind is DutyKind.DOCUMENT}
    assert {"CN-D1", "CN-D2", "CN-D3"} <= wanted


def test_goods_for_export_only_are_not_exempt_whoever_owns_the_brand() -> None:
    assert "CN-O1" in {duty.id for duty in duties_of("CN", role="own")}


def test_the_judgment_on_hondakit_is_named_for_oem_work() -> None:
    rule = next(duty for duty in duties_of("CN", role="oem") if duty.id == "CN-O2")
    assert "最高法民再138号" in rule.reference


def test_kits_count_as_the_vehicle_only_where_goods_go_as_kits() -> None:
    assert {duty.id for duty in duties_of("CN", kit=True)} - {
        duty.id for duty in duties_of("CN")
    } == {"CN-O3"}


def test_an_origin_nobody_researched_asks_for_nothing() -> None:
    assert duties_of("KE") == ()


def test_each_rule_about_signs_is_of_an_office_that_follows_it() -> None:
    """Its own office at least; and no office but the British one follows those of another."""
    assert set(sign_rules()) == {rule.id for rule in RULES}
    for rule, followers in sign_rules().items():
        own = rule.split("-")[0].lower()
        assert set(followers) in ({own}, {"eu", "gb"} if own == "eu" else {own}), rule


@pytest.mark.parametrize(
    ("pack", "goods", "similarity", "rule"),
    [
        ("eu", GoodsDegree.DISSIMILAR, 0.9, "EU-12"),
        ("cn", GoodsDegree.DISSIMILAR, 0.9, "CN-17"),
        ("jp", GoodsDegree.DISSIMILAR, 0.9, ""),
        ("eu", GoodsDegree.DISSIMILAR, 0.76, ""),
        ("eu", GoodsDegree.RELATED, 0.9, ""),
    ],
)
def test_reputation_is_said_not_to_be_assessed_where_nothing_else_could_be_an_obstacle(
    pack: str, goods: GoodsDegree, similarity: float, rule: str
) -> None:
    found = verdict(
        packs()[pack],
        sign=SignEvidence(similarity),
        goods=goods,
        standing=Standing.REGISTERED,
    )
    told = [one.rule.id for one in found.fired if one.because and "Not assessed" in one.because.en]
    assert told == ([rule] if rule else [])
