"""What the workbook of a catalogue says of a hit in one market."""

from service.screening.catalogue_results import signs_told

AXIS = {"degree": "high", "score": 0.9, "kind": "sound", "query": "kola", "mark": "kola"}
NONE = {"degree": "none", "score": 0.0, "kind": "", "query": "", "mark": ""}
HIT = {
    "explanation": {"zh": "全部", "en": "All."},
    "axes": {"visual": NONE, "aural": AXIS, "conceptual": NONE},
    "rules": [
        {"id": "US-3", "text": {"zh": "读法", "en": "A reading."}},
        {"id": "CN-7", "text": {"zh": "字母", "en": "A letter."}},
    ],
    "counter_evidence": [{"id": "CN-8", "text": {"zh": "少", "en": "Few."}}],
}


def test_a_market_is_told_the_rules_of_its_own_office() -> None:
    axes, *rules = (told["en"] for told in signs_told(HIT, {"rules": ["CN-7", "CN-8"]}))
    assert "aural: high (the reading: kola / kola)" in axes
    assert rules == ["CN-7 A letter.", "CN-8 Few."]


def test_an_older_answer_is_told_as_it_was_given() -> None:
    assert list(signs_told(HIT, {})) == [HIT["explanation"]]
