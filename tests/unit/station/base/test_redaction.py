"""What a typical case must not tell is found however it is written."""

import pytest

from service.station.base.domain import SecretKind
from service.station.base.redaction import Secret, anonymised, findings

K = SecretKind
SECRETS = [
    Secret(K.PARTY, "无锡演示车业有限公司", "权利主张方甲"),
    Secret(K.PARTY, "Acme Trading LLC", "相对方乙"),
    Secret(K.PERSON, "王小明", "某某"),
    Secret(K.NUMBER, "(2026)苏0214民初123号", "〔编号略〕"),
    Secret(K.MARK, "YANSHI", "某商标"),
]


def told(text: str) -> list[tuple[SecretKind, str, str]]:
    return [(one.kind, one.how, one.found) for one in findings(text, SECRETS)]


@pytest.mark.parametrize(
    ("text", "kind", "how"),
    [
        ("无锡演示车业有限公司发现被抢注", K.PARTY, "same"),
        ("无锡演示车业 发现被抢注", K.PARTY, "same"),
        ("无锡　演示-车业發现", K.PARTY, "same"),
        ("对方是ＡＣＭＥ　trading公司", K.PARTY, "same"),
        ("对方是 Acme Tradinq", K.PARTY, "near"),
        ("演示车业诉某公司", K.PARTY, "same"),
        ("某企业诉Acme案", K.PARTY, "same"),
        ("负责人王晓明", K.PERSON, "sound"),
        ("（2026）苏0214民初 123 号", K.NUMBER, "same"),
        ("商标 yan-shi 被注册", K.MARK, "same"),
        ("电话13812345678", K.PHONE, "pattern"),
        ("写信到 a.b@example.com", K.MAIL, "pattern"),
        ("代码91320214MA1XXXXX0K", K.IDENTITY, "pattern"),
        ("（2025）京73行初9号", K.NUMBER, "pattern"),
    ],
)
def test_a_secret_is_found_however_it_is_written(text: str, kind: SecretKind, how: str) -> None:
    assert (kind, how) in {(found, by) for found, by, _ in told(text)}


def test_a_text_that_tells_nothing_has_no_finding() -> None:
    assert told("权利主张方甲在境外发现某商标被他人申请，遂请工作站协助异议。") == []


def test_a_draft_of_a_case_tells_nothing_of_what_is_known() -> None:
    text = "无锡演示车业有限公司（王小明）诉Acme Trading LLC，(2026)苏0214民初123号，商标YANSHI。"
    draft = anonymised(text, SECRETS)
    assert draft == "权利主张方甲（某某）诉相对方乙，〔编号略〕，商标某商标。"
    assert told(draft) == []


def test_a_longer_place_is_told_once() -> None:
    assert told("无锡演示车业有限公司") == [(K.PARTY, "same", "无锡演示车业有限公司")]


def test_the_same_words_keep_their_key_wherever_they_stand() -> None:
    [one] = findings("见 YANSHI。", SECRETS)
    [same] = findings("前面加了一段话，见 YANSHI。", SECRETS)
    assert one.key == same.key
