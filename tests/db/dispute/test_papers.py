"""Papers of a case: made, made again, signed, asked for at closing, bound into one volume."""

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter

from service.cases.domain import Status
from service.cases.errors import MoveNotReady
from service.cases.repository import Clocks, Threads, Timeline
from service.cases.repository_evidence import Items
from service.cases.usecases.clocks import meet_deadline
from service.core import clock
from service.core.db import Database
from service.core.errors import Invalid, NotFound, PermissionDenied
from service.core.files import Files
from service.core.settings import Settings
from service.dispute.domain import ContactKind, GoodsOutcome, Outcome, TrackKind
from service.dispute.errors import BodyNotAccredited, PaperNotReady, PaperSettled, PaperUnfit
from service.dispute.models import CasePaper, StationContact
from service.dispute.papers.kinds import paper_kinds
from service.dispute.papers.volume import bind
from service.dispute.repository_papers import Papers
from service.dispute.usecases.binding import contents_of, gather_volume
from service.dispute.usecases.papers import (
    keep_paper,
    known_of,
    note_signature,
    read_paper,
    set_paper,
)
from service.dispute.usecases.templates import end_template, replace_template, try_template
from service.dispute.usecases.tracking import (
    move_case,
    open_track,
    refer,
    say_outcome,
)
from service.ui.documents.errors import TemplateUnfit
from service.ui.documents.pairs import Told
from tests.builders import Someone
from tests.db.cases.matters import Cast, make_cast
from tests.db.dispute.casework import NOW, Mediation, make_case, make_evidence

ENTRIES = {
    "mediation_application": {"claims": "停止侵权 {{ 7*7 }} <w:p>"},
    "performance_receipt": {"performed_on": "2026-09-28", "what": "付清"},
    "follow_up": {"at": "2026-09-28", "visited": "李四", "found": "已履行"},
    "aid_application": {"aid_wanted": "指导"},
    "appraisal_opinion": {"method": "比对", "opinion": "同"},
    "technical_opinion": {"method": "比对", "opinion": "同"},
}

LAST_DAY = date(2026, 9, 28)
"""The day of `NOW` in Beijing."""


@pytest.fixture
def cast(database: Database) -> Cast:
    return make_cast(database)


class Desk:
    """Makes papers in one session."""

    def __init__(self, session: Any, files: Files, case: Any) -> None:
        self.session, self.files, self.case = session, files, case

    def make(
        self, who: Someone, kind: str, track: Any = None, again: Any = None, told: Told = Told.BOTH
    ) -> CasePaper:
        ready = read_paper(
            self.session,
            self.files,
            who.actor,
            self.case,
            paper_kinds()[kind],
            track_id=track,
            entries=ENTRIES.get(kind, {}),
            told=told,
        )
        made = set_paper(self.files, ready)
        return keep_paper(
            self.session, who.actor, self.case, ready, made, track_id=track, paper_id=again
        )


def words(files: Files, sha256: str) -> str:
    document = Document(io.BytesIO(b"".join(files.read(sha256))))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_a_paper_is_made_frozen_made_again_and_signed(
    database: Database, cast: Cast, settings: Settings
) -> None:
    files = Files(settings.files_folder)
    with database.write() as session, clock.at(NOW):
        case = Mediation(session, cast, settings.files_folder, facts="仿冒 & 出口")
        desk = Desk(session, files, case.case.id)
        papers = Papers(session, cast.owner.actor)
        paper = desk.make(cast.owner, "mediation_application", case.track.id)
        first = papers.version(paper, 1)
        text = words(files, first.word)
        for said in ("停止侵权 {{ 7*7 }} <w:p>", "仿冒 & 出口", "Acme Trading LLC", "CN 1234567"):
            assert said in text
        [place] = papers.signatures(first)
        assert (place.role, place.name) == ("applicant", "无锡演示车业有限公司")

        signs = (session, cast.owner.actor, paper.id, place.id)
        with pytest.raises(Invalid) as refused:
            note_signature(*signs, on=date(2030, 1, 1), proof=" ")
        assert [e.field for e in refused.value.errors] == ["on", "proof"]
        note_signature(*signs, on=date(2026, 9, 28), proof="证据1：签字原件")
        with pytest.raises(PaperSettled):
            note_signature(*signs, on=date(2026, 9, 28), proof="证据1")

        again = desk.make(cast.station, "mediation_application", case.track.id, paper.id, Told.EN)
        assert (again.id, again.versions) == (paper.id, 2)
        second = papers.version(paper, 2)
        assert "Request" in words(files, second.word)
        assert "申请事项" not in words(files, second.word)
        assert papers.version(paper, 1).pdf == first.pdf != second.pdf
        assert [row.signed_on for row in papers.signatures(second)] == [None]
        with pytest.raises(PaperSettled):
            note_signature(*signs, on=date(2026, 9, 28), proof="证据1")
        assert [(row.id, lacking) for row, lacking in papers.unsigned()] == [(paper.id, 1)]
        told = [row.verb for row in Timeline(session, cast.owner.actor).of(case.case.id)]
        assert (told.count("paper.made"), told.count("paper.signed")) == (2, 1)


def test_who_makes_what_and_what_the_case_must_know(
    database: Database, cast: Cast, settings: Settings
) -> None:
    files = Files(settings.files_folder)
    with database.write() as session, clock.at(NOW):
        case = Mediation(session, cast, settings.files_folder)
        desk = Desk(session, files, case.case.id)
        with pytest.raises(PaperUnfit):
            desk.make(cast.owner, "rights_notice", case.track.id)
        with pytest.raises(PaperUnfit):
            desk.make(cast.station, "consent_request", case.track.id)
        with pytest.raises(PaperUnfit):
            desk.make(cast.station, "rights_notice")
        with pytest.raises(PaperNotReady) as refused:
            desk.make(cast.station, "rights_notice", case.track.id)
        assert refused.value.members["missing"] == [
            f"/cases/{case.case.id}/tracks/{case.track.id}#detail"
        ]
        with pytest.raises(Invalid) as blank:
            desk.make(cast.station, "termination_notice", case.track.id)
        assert [e.field for e in blank.value.errors] == ["entries.reason"]
        for who, problem in (
            (cast.stranger, NotFound),
            (cast.bureau, PermissionDenied),
            (cast.auditor, PermissionDenied),
            (cast.body, NotFound),
        ):
            with pytest.raises(problem):
                desk.make(who, "mediation_application", case.track.id)


ROSTER: dict[str, tuple[dict[str, Any] | None, str]] = {
    "not on it": (None, "is not on the roster"),
    "on another station's": ({"accredited_until": LAST_DAY, "elsewhere": True}, "is not on"),
    "no longer on it": ({"accredited_until": LAST_DAY, "active": False}, "is not on the roster"),
    "not accredited": ({"accreditation": ""}, "does not say"),
    "expired": ({"accredited_until": LAST_DAY - timedelta(days=1)}, "ended on {until}"),
    "on its last day": ({"accredited_until": LAST_DAY}, ""),
}
"""What is kept of the body, and what an opinion is refused with."""


def test_an_appraisal_opinion_comes_from_a_body_the_roster_calls_accredited(
    database: Database, cast: Cast, settings: Settings
) -> None:
    files = Files(settings.files_folder)
    with database.write() as session, clock.at(NOW):
        case = make_case(session, cast, settings.files_folder, facts="比对样品")
        station, body = cast.station.actor, cast.body
        thread = Threads(session, station).get(case.id)
        track = open_track(session, station, case.id, TrackKind.APPRAISAL, detail={})
        elsewhere = on_roster(cast, accredited_until=LAST_DAY)
        elsewhere.body_id = None
        session.add(elsewhere)
        assert known_of(session, station, case.id, track.id).roster == ()
        refer(session, station, thread, track, body.organisation_id)
        desk = Desk(session, files, case.id)
        with pytest.raises(PaperUnfit):
            desk.make(cast.station, "appraisal_opinion", track.id)
        said = {}
        for name, (kept, _) in ROSTER.items():
            row = on_roster(cast, **kept) if kept is not None else None
            session.add_all([row] if row else [])
            try:
                opinion = desk.make(body, "appraisal_opinion", track.id)
                said[name] = ""
            except BodyNotAccredited as refused:
                said[name] = refused.detail
            if row and said[name]:
                session.delete(row)
        assert {name: part in said[name] for name, (_, part) in ROSTER.items()} == dict.fromkeys(
            ROSTER, True
        )
        assert [name for name, detail in said.items() if not detail] == ["on its last day"]
        assert opinion.part_id == track.id
        version = Papers(session, body.actor).version(opinion, 1)
        assert "苏知鉴 7，演示协会，有效期至2026年9月28日" in words(files, version.word)
        assert desk.make(cast.station, "technical_opinion", track.id).versions == 1
        with clock.at(NOW + timedelta(days=1)), pytest.raises(BodyNotAccredited):
            desk.make(body, "appraisal_opinion", track.id, opinion.id)


def on_roster(cast: Cast, *, elsewhere: bool = False, **kept: Any) -> StationContact:
    """Keep the body on the roster of the station that handles the case, or on another's."""
    house = cast.lead if not elsewhere else cast.bureau
    values = {"kind": ContactKind.OUTSIDE, "name": "某鉴定中心", "accredited_by": "演示协会"}
    return StationContact(
        **{"accreditation": "苏知鉴 7", **values, **kept},
        body_id=cast.body.organisation_id,
        organisation_id=house.organisation_id,
    )


def test_the_record_of_a_mediation_is_for_parties_and_mediator(
    database: Database, cast: Cast, settings: Settings
) -> None:
    files = Files(settings.files_folder)
    with database.write() as session, clock.at(NOW):
        case = Mediation(session, cast, settings.files_folder)
        case.agree()
        paper = Desk(session, files, case.case.id).make(
            cast.station, "mediation_record", case.track.id
        )
        seen = {}
        for name, who in vars(cast).items():
            seen[name] = len(Papers(session, who.actor).of(case.case.id))
        assert [name for name, count in seen.items() if count] == [
            "owner",
            "station",
            "lead",
            "auditor",
        ]
        with pytest.raises(NotFound):
            Papers(session, cast.bureau.actor).get(paper.id)


def test_a_case_closes_with_its_papers_and_the_volume_holds_them_all(
    database: Database, cast: Cast, settings: Settings
) -> None:
    files = Files(settings.files_folder)
    station, lead = cast.station.actor, cast.lead.actor
    with database.write() as session, clock.at(NOW):
        case = Mediation(session, cast, settings.files_folder, facts="仿冒")
        case.agree()
        key, track = case.case.id, case.track.id
        for number in range(2):
            pdf = set_sample(number)
            make_evidence(session, cast, key, settings.files_folder, part=track, content=pdf)
        make_evidence(session, cast, key, settings.files_folder, content=b"%PDF-1.7 broken")
        case.step("perform")
        row = contents_of(session, lead, key).case
        move_case(session, station, key, "accept", version=row.version)
        say_outcome(
            session,
            station,
            key,
            version=row.version,
            outcome=Outcome.PERFORMED,
            reason="",
            goods=GoodsOutcome.NONE,
        )
        desk = Desk(session, files, key)
        for kind in ("mediation_application", "rights_notice", "mediation_record"):
            desk.make(cast.station, kind, track)
        with pytest.raises(MoveNotReady) as refused:
            move_case(session, lead, key, "close", version=row.version)
        assert f"/cases/{key}/volume" in str(refused.value.members["missing"])
        missing = [one.kind.key for one in contents_of(session, lead, key).missing]
        assert missing == ["mediation_agreement", "performance_receipt", "follow_up"]
        for kind in missing:
            desk.make(cast.station, kind, track)
        clocks_done(session, cast, key, track)
        move_case(session, lead, key, "close", version=row.version)
    with database.write() as session, clock.at(datetime(2026, 12, 1, tzinfo=UTC)):
        volume = gather_volume(session, files, lead, key)
        chains = [len(Items(session, lead).chain(item)) for item in Items(session, lead).of(key)]
    made = bind(volume)
    assert made == bind(volume)
    reader = PdfReader(io.BytesIO(made))
    pages = [page.extract_text() for page in reader.pages]
    assert "卷宗" in pages[0]
    assert "调解协议书" in pages[1]
    assert len(volume.parts) == 9
    assert volume.missing == []
    assert chains == [2, 2, 2]
    assert len(pages) > 3 + 8
    numbers = [page.split()[-1] for page in pages[2:-1]]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


def clocks_done(session: Any, cast: Cast, case_id: Any, track_id: Any) -> None:
    for one in Clocks(session).of_part(case_id, track_id):
        if one.status is Status.OPEN:
            meet_deadline(session, cast.station.actor, one, when=NOW.date(), proof="done")


def set_sample(number: int) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=842 if number else 595, height=595 if number else 842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_party_sees_a_volume_only_of_a_case_it_sees_whole(
    database: Database, cast: Cast, settings: Settings
) -> None:
    with database.write() as session, clock.at(NOW):
        case = Mediation(session, cast, settings.files_folder)
        thread = Threads(session, cast.owner.actor).get(case.case.id)
        refer(session, cast.station.actor, thread, case.track, cast.body.organisation_id)
        for who in (cast.stranger, cast.body):
            with pytest.raises(NotFound):
                contents_of(session, who.actor, case.case.id)
        with pytest.raises(PermissionDenied):
            contents_of(session, cast.administrator.actor, case.case.id)
        with pytest.raises(PermissionDenied):
            gather_volume(session, Files(settings.files_folder), cast.bureau.actor, case.case.id)
        assert contents_of(session, cast.bureau.actor, case.case.id).papers == []


def docx(text: str) -> bytes:
    document = Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_template_of_our_own_is_an_administrators_tried_and_ended(
    database: Database, cast: Cast, settings: Settings
) -> None:
    files, kind = Files(settings.files_folder), paper_kinds()["aid_application"]
    for text in ("{{ ''.__class__ }}", "{{ secret }}", "{% include '/etc/passwd' %}"):
        with pytest.raises(TemplateUnfit):
            try_template(kind, docx(text))
    own = docx("自有模板 {{ title }} {{ sections[0].rows[0].value }}")
    try_template(kind, own)
    with database.write() as session, clock.at(NOW):
        with pytest.raises(PermissionDenied):
            replace_template(session, files, cast.lead.actor, kind, own, name="a.docx")
        chief = cast.administrator.actor
        row = replace_template(session, files, chief, kind, own, name="a.docx")
        case = make_case(session, cast, settings.files_folder, facts="仿冒")
        desk, papers = Desk(session, files, case.id), Papers(session, cast.owner.actor)
        paper = desk.make(cast.owner, "aid_application")
        assert "自有模板" in words(files, papers.version(paper, 1).word)
        assert papers.version(paper, 1).template == row.sha256
        end_template(session, chief, row.id)
        desk.make(cast.owner, "aid_application", again=paper.id)
        assert "自有模板" not in words(files, papers.version(paper, 2).word)
