from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from service.core import audit
from service.core.db import Database
from service.core.settings import Settings
from service.identity.permissions import console
from service.registry.domain import EditionState, MarkRecord, RemarkKind
from service.registry.errors import BrokenSource
from service.registry.models import ImportRemark, ImportRun, Mark
from service.registry.repository import Marks
from service.registry.store import put_mark
from service.registry.usecases import importing
from service.registry.usecases.importing import Progress, import_file
from service.registry.usecases.requesting import Reading
from tests.db.registry.sheets import (
    DELTA,
    FULL,
    everything,
    load,
    register,
    sheet,
    status_of,
    texts,
)
from tests.generate_uspto import chunks

A = {"number": "1", "text": "YADEA"}
B = {"number": "2", "text": "AIMA"}
C = {"number": "3", "text": "TAILG"}


def test_what_a_sheet_says_can_be_read_back(database: Database, settings: Settings) -> None:
    row = {
        "number": "77",
        "text": "雅迪 YADEA",
        "application_number": "A77",
        "filing_date": "2020-01-02",
        "expiry_date": "2031-05-06",
        "classes": "12;35",
        "goods": "",
        "subgroups": "1202;1204",
        "translation": "elegant",
        "designations": "DE;FR",
        "recorded_with": "CN",
        "recordation_number": "T2024-1",
        "authorised_users": "甲公司;乙公司",
        "representative": "Agents LLP",
    }
    load(database, settings, [row])

    with database.read() as session:
        record = Marks(session).get("XX", "77").record
    assert record.text == "雅迪 YADEA"
    assert (record.filed_on, record.expires_on) == (date(2020, 1, 2), date(2031, 5, 6))
    assert [entry.nice for entry in record.classes] == [12, 35]
    assert [party.name for party in record.owners] == ["Xishan Demo Vehicles Co., Ltd."]
    assert record.owners[0].country == "CN"
    assert [party.name for party in record.representatives] == ["Agents LLP"]
    assert record.designations == ("DE", "FR")
    assert record.customs_records[0].authorised_users == ("甲公司", "乙公司")


def test_the_same_file_again_changes_nothing_and_says_so(
    database: Database, settings: Settings
) -> None:
    load(database, settings, [A, B], scope=FULL)
    before = everything(database)

    result = load(database, settings, [A, B], scope=FULL)

    assert result.already
    assert everything(database) == before


def test_the_same_records_in_another_file_change_nothing(
    database: Database, settings: Settings
) -> None:
    load(database, settings, [A, B], scope=FULL)
    before = everything(database)

    result = load(database, settings, [B, A], scope=FULL, name="other.csv")

    assert (result.editions[0].unchanged, result.editions[0].changed) == (2, 0)
    assert everything(database) == before


def test_a_changed_record_takes_a_higher_change_number(
    database: Database, settings: Settings
) -> None:
    load(database, settings, [A, B])
    with database.read() as session:
        newest = Marks(session).newest_change()

    load(database, settings, [A, {**B, "text": "AIMA TECH"}], name="new.csv")

    with database.read() as session:
        changed = Marks(session).changed_since(newest)
    assert [(sign.text, sign.change) for sign in changed] == [("AIMA TECH", newest + 1)]


def test_an_older_file_never_overwrites_a_newer_record(
    database: Database, settings: Settings
) -> None:
    load(database, settings, [{**A, "text": "NEW"}], dated=date(2026, 5, 2))

    result = load(database, settings, [{**A, "text": "OLD"}], dated=date(2026, 5, 1), name="o.csv")

    assert texts(database) == {"1": "NEW"}
    assert result.editions[0].older == 1


def test_an_undated_file_never_overwrites_a_dated_record(
    database: Database, settings: Settings
) -> None:
    load(database, settings, [{**A, "text": "DATED"}], dated=date(2026, 5, 2))

    load(database, settings, [{**A, "text": "UNDATED"}], name="o.csv")

    assert texts(database) == {"1": "DATED"}


def test_an_unchanged_record_seen_again_later_is_protected_from_a_delta_in_between(
    database: Database, settings: Settings
) -> None:
    load(database, settings, [A], dated=date(2026, 5, 1))
    load(database, settings, [A], dated=date(2026, 5, 9), name="seen.csv")

    load(database, settings, [{**A, "text": "BETWEEN"}], dated=date(2026, 5, 5), name="b.csv")

    assert texts(database) == {"1": "YADEA"}


def test_a_full_load_withdraws_what_it_no_longer_holds(
    database: Database, settings: Settings
) -> None:
    load(database, settings, [A, B, C], scope=FULL, dated=date(2026, 5, 1))

    result = load(database, settings, [A, C], scope=FULL, dated=date(2026, 6, 1), name="n.csv")

    assert result.editions[0].absent == 1
    assert [status_of(database, number) for number in "123"] == [
        "registered",
        "withdrawn",
        "registered",
    ]


def test_a_withdrawn_mark_that_comes_back_lives_again(
    database: Database, settings: Settings
) -> None:
    load(database, settings, [A, B], scope=FULL, dated=date(2026, 5, 1))
    load(database, settings, [A], scope=FULL, dated=date(2026, 6, 1), name="n.csv")

    load(database, settings, [A, B], scope=FULL, dated=date(2026, 7, 1), name="m.csv")

    assert status_of(database, "2") == "registered"


def test_a_full_load_leaves_newer_marks_and_other_offices_alone(
    database: Database, settings: Settings
) -> None:
    load(database, settings, [B], scope=DELTA, dated=date(2026, 6, 5))
    load(database, settings, [{**C, "office": "CN"}], scope=FULL, name="cn.csv")

    load(database, settings, [A], scope=FULL, dated=date(2026, 6, 1), name="n.csv")

    assert status_of(database, "2") == "registered"
    assert status_of(database, "3", "CN") == "registered"


def test_a_full_load_with_a_reject_is_partial_and_withdraws_nothing(
    database: Database, settings: Settings
) -> None:
    load(database, settings, [A, B], scope=FULL)

    result = load(database, settings, [A, {**B, "number": ""}], scope=FULL, name="n.csv")

    assert result.state is EditionState.PARTIAL
    assert status_of(database, "2") == "registered"


def test_a_file_of_unknown_scope_withdraws_nothing_and_leaves_the_register_partial(
    database: Database, settings: Settings
) -> None:
    load(database, settings, [A, B])

    load(database, settings, [A], name="n.csv")

    assert status_of(database, "2") == "registered"
    assert register(database).state is EditionState.PARTIAL
    assert register(database).gaps[0]["code"] == "no-full-load"


def test_a_full_load_makes_the_register_complete_as_of_its_date(
    database: Database, settings: Settings
) -> None:
    load(database, settings, [A, {**B, "status": "cancelled"}], scope=FULL, dated=date(2026, 5, 1))

    row = register(database)
    assert (row.state, row.as_of) == (EditionState.COMPLETE, date(2026, 5, 1))
    assert (row.total, row.live) == (2, 1)


def test_a_missing_day_between_deltas_is_named(database: Database, settings: Settings) -> None:
    load(database, settings, [A], scope=FULL, dated=date(2026, 5, 1))
    load(database, settings, [B], scope=DELTA, dated=date(2026, 5, 2), name="2.csv")
    load(database, settings, [C], scope=DELTA, dated=date(2026, 5, 4), name="4.csv")

    row = register(database)
    assert (row.state, row.as_of) == (EditionState.PARTIAL, date(2026, 5, 2))
    assert row.gaps[0]["values"] == {"first": "2026-05-03", "last": "2026-05-03"}


def test_a_file_of_a_day_without_changes_is_no_gap(database: Database, settings: Settings) -> None:
    load(database, settings, [A], scope=FULL, dated=date(2026, 5, 1))
    empty = settings.home / "empty.csv"
    empty.write_text("number,text\n", encoding="utf-8")
    reading = Reading(office="XX", scope=DELTA, dated=date(2026, 5, 2))

    import_file(database, settings, empty, actor=console(), reading=reading)

    row = register(database)
    assert (row.state, row.as_of) == (EditionState.COMPLETE, date(2026, 5, 2))


def test_rejects_are_kept_with_place_and_reason_and_the_rest_goes_in(
    database: Database, settings: Settings
) -> None:
    result = load(database, settings, [A, {**B, "number": ""}, C])

    assert sorted(texts(database)) == ["1", "3"]
    assert [(one.place, one.code) for one in result.rejects] == [("line 3", "missing-number")]


def test_a_record_of_an_office_nobody_knows_is_rejected(
    database: Database, settings: Settings
) -> None:
    result = load(database, settings, [A, {**B, "office": "QQ"}])

    assert [one.code for one in result.rejects] == ["unknown-office"]


def test_an_unknown_status_counts_live_and_is_reported(
    database: Database, settings: Settings
) -> None:
    result = load(database, settings, [{**A, "status": "in limbo"}])

    assert result.noted == {"unknown-status": 1}
    with database.read() as session:
        assert [sign.text for sign in Marks(session).live()] == ["YADEA"]


def test_of_many_notes_of_one_kind_only_the_first_are_kept_and_all_are_counted(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "NOTES_KEPT", 3)

    result = load(
        database,
        settings,
        [{"number": str(n), "text": "X", "status": "limbo"} for n in range(120)],
    )

    assert result.noted == {"unknown-status": 120}
    with database.read() as session:
        kept = session.scalars(
            sa.select(ImportRemark.place).where(ImportRemark.kind == RemarkKind.NOTE)
        ).all()
    assert sorted(kept) == ["line 2", "line 3", "line 4"]


def test_rows_of_one_mark_far_apart_in_a_sheet_unite_their_classes(
    database: Database, settings: Settings
) -> None:
    many = [{"number": f"f{n}", "text": "FILLER"} for n in range(150)]

    load(database, settings, [{**A, "classes": "12"}, *many, {**A, "classes": "9"}])

    with database.read() as session:
        classes = Marks(session).get("XX", "1").record.classes
    assert [entry.nice for entry in classes] == [12, 9]


def test_a_mark_registered_under_a_new_number_stays_the_same_mark(
    database: Database, settings: Settings
) -> None:
    application = {**A, "number": "A1", "application_number": "A1", "status": "filed"}
    load(database, settings, [application])
    registered = {**A, "number": "R1", "application_number": "A1"}

    load(database, settings, [registered], name="n.csv")

    assert texts(database) == {"R1": "YADEA"}


def test_a_delta_record_marked_withdrawn_keeps_the_words_of_the_mark(database: Database) -> None:
    with database.write() as session:
        put_mark(session, MarkRecord("XX", "1", "YADEA"))

    with database.write() as session:
        tally = put_mark(session, MarkRecord("XX", "1", "", withdrawn=True))

    assert tally.withdrawn == 1
    assert (texts(database), status_of(database, "1")) == ({"1": "YADEA"}, "withdrawn")


def test_texts_no_database_stores_are_cleaned(database: Database) -> None:
    with database.write() as session:
        put_mark(session, MarkRecord("XX", "1", "YA\0DE\ud800A"))

    assert texts(database) == {"1": "YADEA"}


def test_a_file_cut_off_keeps_what_was_read_and_fails(
    database: Database, settings: Settings
) -> None:
    whole = "".join(chunks(120))
    path = settings.home / "cut.xml"
    path.write_text(whole[: len(whole) * 2 // 3], encoding="utf-8")

    with pytest.raises(BrokenSource):
        import_file(database, settings, path, actor=console(), reading=Reading(scope=FULL))

    assert 60 < len(texts(database)) < 100
    assert register(database, "US").state is EditionState.FAILED
    with database.read() as session:
        failure = session.scalars(sa.select(ImportRun.failure)).one()
    assert failure is not None
    assert failure["code"] == "source-broken"


def test_an_import_leaves_one_audit_row(database: Database, settings: Settings) -> None:
    load(database, settings, [A])

    with database.read() as session:
        verbs = session.scalars(sa.select(audit.AuditEvent.verb)).all()
    assert list(verbs) == ["import.finished"]


def test_progress_ends_with_the_whole_file_read(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    told: list[Progress] = []
    path = sheet(tmp_path / "p.csv", [A, B])

    import_file(database, settings, path, actor=console(), progress=told.append)

    assert told[-1].phase == "finishing"
    assert (told[-1].done_bytes, told[-1].read) == (path.stat().st_size, 2)


def test_keys_of_marks_are_dense(database: Database, settings: Settings) -> None:
    load(database, settings, [A, B])
    load(database, settings, [B, C], name="n.csv")

    with database.read() as session:
        assert sorted(session.scalars(sa.select(Mark.id))) == [1, 2, 3]
