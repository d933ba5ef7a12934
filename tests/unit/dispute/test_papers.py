"""The table of papers holds together, and every paper of it can be set in every language."""

import io

import pytest
from docx import Document

from service.cases.moves import TABLES
from service.dispute.domain import MediationKind, ServiceLine, TrackKind, table_name
from service.dispute.models import CasePaper, DisputeCase, Track
from service.dispute.papers.completeness import lacking
from service.dispute.papers.kinds import PaperKind, paper_kinds
from service.dispute.papers.setting import sample
from service.dispute.tables import ALL, DETAILS
from service.ui.documents.pairs import Told, as_text, told_in
from service.ui.documents.word import word

KINDS = paper_kinds().values()
ASKED = {
    *("mediation_application", "mediation_register", "rights_notice", "investigation_record"),
    *("mediation_record", "mediation_agreement", "oral_agreement", "performance_receipt"),
    *("follow_up", "confirmation_application", "consent_request", "administrative_acceptance"),
    *("administrative_notice", "administrative_agreement", "termination_notice"),
    *("aid_application", "aid_acceptance", "aid_refusal", "aid_opinion", "report_register"),
    *("transfer_letter", "appraisal_commission", "appraisal_opinion", "technical_opinion"),
    *("arbitration_application", "overseas_application", "platform_letter", "customs_letter"),
}
"""The set that issue 6 names."""


def track(kind: TrackKind, status: str, **more: object) -> Track:
    return Track(
        **{"kind": kind, "status": status, "detail": {}, "number": "", "id": "track", **more}
    )


def test_the_whole_set_is_there_and_nothing_else() -> None:
    assert {kind.key for kind in KINDS} == ASKED


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_kind_names_only_statuses_and_answers_there_are(kind: PaperKind) -> None:
    assert ALL
    states = {state for one in kind.tracks for state in TABLES[table_name(one)].states}
    asked = {name for one in kind.tracks for name in DETAILS[table_name(one)]}
    mediations = {one.value for one in MediationKind}
    assert (kind.needed.ends if kind.needed else set()) <= states
    assert {*kind.only, *kind.never} <= asked
    for among in (*kind.only.values(), *kind.never.values()):
        assert among <= mediations


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_every_kind_fills_its_word_template(kind: PaperKind) -> None:
    document = Document(io.BytesIO(word("dispute/paper", sample(kind))))
    assert document.paragraphs[0].text == as_text(kind.title.model_dump())


def test_a_paper_in_one_language_holds_none_of_the_other() -> None:
    data = {"title": {"zh": "转办函", "en": "Letter"}, "rows": [{"zh": "甲", "en": ""}, "A"]}
    assert told_in(data, Told.EN) == {"title": "Letter", "rows": ["甲", "A"]}
    assert told_in(data, Told.ZH) == {"title": "转办函", "rows": ["甲", "A"]}
    assert told_in(data, Told.BOTH) is data


def test_administrative_mediation_has_papers_of_its_own() -> None:
    bureau = track(TrackKind.MEDIATION, "failed", detail={"mediation_kind": "administrative"})
    people = track(TrackKind.MEDIATION, "failed", detail={"mediation_kind": "peoples"})
    of_bureau, of_people = ({k.key for k in KINDS if k.fits(one)} for one in (bureau, people))
    assert "consent_request" in of_bureau - of_people
    assert "mediation_application" in of_people - of_bureau
    assert "termination_notice" in of_bureau & of_people


def test_what_is_missing_depends_on_how_far_the_track_came() -> None:
    case = DisputeCase(id="case", service_line=ServiceLine.MEDIATION)

    def missing(one: Track, *made: str) -> set[str]:
        papers = [CasePaper(part_id="track", kind=key) for key in made]
        return {each.kind.key for each in lacking(case, [one], papers)}

    assert missing(track(TrackKind.MEDIATION, "withdrawn")) == set()
    assert missing(track(TrackKind.MEDIATION, "failed")) == {
        "mediation_application",
        "termination_notice",
    }
    performed = track(TrackKind.MEDIATION, "performed")
    assert missing(performed, "mediation_register", "oral_agreement") == {
        "rights_notice",
        "mediation_record",
        "performance_receipt",
        "follow_up",
    }
    begun = {"arbitration_application"}
    assert missing(track(TrackKind.ARBITRATION, "closed")) == set()
    assert missing(track(TrackKind.ARBITRATION, "closed", number="WX-7")) == begun


def test_aid_asks_for_its_papers_and_a_refusal_does_for_an_acceptance() -> None:
    case = DisputeCase(id="case", service_line=ServiceLine.AID)
    refused = [CasePaper(part_id="case", kind="aid_refusal")]
    assert {one.kind.key for one in lacking(case, [], refused)} == {
        "aid_application",
        "aid_opinion",
    }
