"""One click from what was found to a case, with what was seen frozen."""

import json
from datetime import date

import pytest

from service.cases.repository_evidence import Items
from service.core.db import Database
from service.core.errors import NotFound, PermissionDenied
from service.core.files import Files
from service.core.settings import Settings
from service.dispute.domain import DisputeKind, PartyRole, Side, Source
from service.dispute.repository import parties_of
from service.dispute.usecases.origins import ORIGINS, open_from
from service.identity.permissions import OrganisationKind, Role
from service.registry.finder import Finder
from service.registry.usecases.sharing import share_thing
from service.screening.repository import KIND
from service.screening.schemas import RouteIn, ScreeningIn
from service.screening.usecases.screening import fetch_screening, run_screening
from tests.builders import make_organisation, make_person
from tests.register import load
from tests.screening_alerts import make_alert


def test_a_case_of_a_hit_or_of_the_whole_answer_keeps_what_was_seen(
    database: Database, settings: Settings
) -> None:
    load(database, settings)
    exporter = make_person(database, Role.EXPORTER_OWNER)
    asked = ScreeningIn(names=["YADEA"], route=RouteIn(origin="XX", destinations=["XX"]))
    answer = run_screening(database, settings, Finder(database, settings), exporter.actor, asked)
    hit, files = answer.hits[0], Files(settings.files_folder)
    with database.write() as session:
        place = (session, files, exporter.actor, "screening", answer.screening_id)
        case = open_from(*place, part=hit.hit_id)
        assert (case.source, case.source_id) == (Source.SCREENING, str(answer.screening_id))
        assert case.rights == [f"{hit.mark.office} {hit.mark.number} {hit.mark.text}"]
        parties = [(one.role, one.name) for one in parties_of(session, case.id)]
        assert parties == ([(PartyRole.APPLICANT, hit.mark.owner)] if hit.mark.owner else [])
        one, whole = Items(session, exporter.actor).of(case.id)
        kept = json.loads(b"".join(files.read(one.sha256)))
        assert kept["hit"]["hit_id"] == hit.hit_id
        assert kept["hit"]["explanation"] == hit.explanation.model_dump()
        assert kept["searched"]
        body = fetch_screening(session, exporter.actor, answer.screening_id)
        assert b"".join(files.read(whole.sha256)) == body
        plain = open_from(*place, title="雅迪")
        assert plain.title == "雅迪"
        assert len(Items(session, exporter.actor).of(plain.id)) == 1
        with pytest.raises(NotFound):
            open_from(*place, part="no such hit")

    station = make_organisation(database, OrganisationKind.STATION)
    lead = make_person(database, Role.STATION_LEAD, organisation=station)
    with database.write() as session:
        with pytest.raises(NotFound):
            open_from(session, files, lead.actor, "screening", answer.screening_id)
        share_thing(session, exporter.actor, KIND, answer.screening_id, station.id)
        case = open_from(session, files, lead.actor, "screening", answer.screening_id)
        [item] = Items(session, exporter.actor).of(case.id)
        assert b"".join(files.read(item.sha256)) == body


def test_a_case_of_an_alert_keeps_the_finding_and_what_was_watched(
    database: Database, settings: Settings
) -> None:
    exporter, files = make_person(database, Role.EXPORTER_OWNER), Files(settings.files_folder)
    stranger, auditor = (
        make_person(database, role) for role in (Role.EXPORTER_OWNER, Role.AUDITOR)
    )
    alert = make_alert(database, exporter, published_on=date(2026, 9, 1))
    with database.write() as session:
        case = open_from(session, files, exporter.actor, "alert", alert.id)
        assert (case.side, case.dispute_kind) == (Side.HOLDER, DisputeKind.SQUATTING_ABROAD)
        [party] = parties_of(session, case.id)
        assert (party.role, party.name) == (PartyRole.RESPONDENT, alert.owner)
        [item] = Items(session, exporter.actor).of(case.id)
        kept = json.loads(b"".join(files.read(item.sha256)))
        assert (kept["alert"]["similarity"], kept["watch"]["own"]) == (1.0, True)
        with pytest.raises(NotFound):
            open_from(session, files, stranger.actor, "alert", alert.id)
        with pytest.raises(PermissionDenied):
            open_from(session, files, auditor.actor, "alert", alert.id)


def test_each_origin_is_a_line_of_the_table() -> None:
    assert set(ORIGINS) >= {"screening", "alert"}
