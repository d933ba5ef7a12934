import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from uuid import UUID

import pytest

from service.cases.domain import EXPORT_CHECKS, CopyOf, Custody, Destination
from service.cases.errors import (
    EvidenceDamaged,
    EvidenceSealed,
    ExportUnchecked,
)
from service.cases.repository_evidence import Items
from service.cases.usecases.bundling import export_bundle, record_check
from service.cases.usecases.evidence import faults, hand_over, open_item, seal
from service.core import clock
from service.core.db import Database
from service.core.errors import Invalid, NotFound, PermissionDenied
from service.core.files import Files
from service.core.settings import Settings
from tests.db.cases.matters import Cast, make_cast
from tests.db.dispute.casework import NOW, make_case, make_evidence


@pytest.fixture
def cast(database: Database) -> Cast:
    return make_cast(database)


@pytest.fixture
def files(settings: Settings) -> Files:
    return Files(settings.files_folder)


@pytest.fixture
def item(database: Database, cast: Cast, settings: Settings) -> UUID:
    """One piece of evidence in a new case."""
    with database.write() as session, clock.at(NOW):
        case = make_case(session, cast, settings.files_folder)
        return make_evidence(session, cast, case.id, settings.files_folder).id


def test_numbers_run_within_a_case_and_a_copy_names_its_original(
    database: Database, cast: Cast, settings: Settings
) -> None:
    home = settings.files_folder
    with database.write() as session, clock.at(NOW):
        case, other = (make_case(session, cast, home) for _ in range(2))
        first = make_evidence(session, cast, case.id, home)
        second = make_evidence(
            session, cast, case.id, home, copy_of=CopyOf.TRANSLATION, original_id=first.id
        )
        assert (first.number, second.number) == (1, 2)
        for wrong in (
            {"copy_of": CopyOf.REDACTION},
            {"original_id": first.id},
        ):
            with pytest.raises(Invalid):
                make_evidence(session, cast, case.id, home, **wrong)
        with pytest.raises(Invalid):
            make_evidence(
                session, cast, other.id, home, copy_of=CopyOf.REDACTION, original_id=first.id
            )


def test_each_thing_that_happens_is_a_link_and_the_whole_chain_holds(
    database: Database, cast: Cast, files: Files, item: UUID
) -> None:
    with database.write() as session, clock.at(NOW):
        actor = cast.station.actor
        row = Items(session, actor).get(item)
        hand_over(session, actor, row, Custody.TRANSFERRED, to="法院", place="无锡")
        open_item(session, actor, row, files)
        seal(session, actor, row, number="F-7")
        with pytest.raises(EvidenceSealed):
            seal(session, actor, row, number="F-8")
        with pytest.raises(Invalid):
            hand_over(session, actor, row, Custody.VIEWED)
        links = [link.event for link in Items(session, actor).chain(row)]
        assert links == [
            Custody.RECEIVED,
            Custody.TRANSFERRED,
            Custody.VIEWED,
            Custody.SEALED,
        ]
        assert faults(session, actor, row, files) == []
        with pytest.raises(EvidenceSealed):
            open_item(session, cast.bureau.actor, row, files)


@pytest.mark.parametrize("where", ["content", "missing", "detail", "tail", "order"])
def test_any_change_is_found_and_nothing_is_given_out(
    database: Database, cast: Cast, files: Files, item: UUID, where: str
) -> None:
    actor = cast.station.actor
    with database.write() as session, clock.at(NOW):
        row = Items(session, actor).get(item)
        for _ in range(2):
            hand_over(session, actor, row, Custody.COPIED, to="法院")
        last = Items(session, actor).chain(row)[-1]
        if where == "content":
            content = bytearray(files.path(row.sha256).read_bytes())
            content[-1] ^= 1
            files.path(row.sha256).write_bytes(content)
        elif where == "missing":
            files.path(row.sha256).unlink()
        elif where == "detail":
            last.detail = {**last.detail, "to": "somebody else"}
        elif where == "tail":
            session.delete(last)
        else:
            last.number = 7
        session.flush()
        assert faults(session, actor, row, files)
        with pytest.raises(EvidenceDamaged):
            open_item(session, actor, row, files)
        with pytest.raises(EvidenceDamaged):
            export_bundle(
                session,
                files,
                actor,
                row.thread_id,
                [row.id],
                destination=Destination.DOMESTIC,
                recipient="法院",
            )


def exported(database: Database, cast: Cast, files: Files, item: UUID) -> bytes:
    with database.write() as session, clock.at(NOW):
        actor = cast.station.actor
        row = Items(session, actor).get(item)
        with export_bundle(
            session,
            files,
            actor,
            row.thread_id,
            [row.id],
            destination=Destination.DOMESTIC,
            recipient="法院",
        ) as made:
            return made.read()


def run_verifier(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py")], capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode()


def test_a_bundle_verifies_offline_and_one_changed_byte_is_found(
    database: Database, cast: Cast, files: Files, item: UUID, tmp_path: Path
) -> None:
    content = exported(database, cast, files, item)
    own = ("manifest.json", "index.html", "verify.py", "SHA256SUMS")
    places = {"whole": None, "file": "files/001.pdf"} | {name: name for name in own}
    for name, changed in places.items():
        folder = tmp_path / name
        zipfile.ZipFile(io.BytesIO(content)).extractall(folder)
        if changed:
            data = bytearray((folder / changed).read_bytes())
            data[len(data) // 2] ^= 1
            (folder / changed).write_bytes(data)
        code, said = run_verifier(folder)
        assert (code == 0) is (changed is None), said
        assert ("ALL HOLDS" in said) is (changed is None)


def test_the_manifest_tells_the_chain_with_the_export_itself(
    database: Database, cast: Cast, files: Files, item: UUID
) -> None:
    bundle = zipfile.ZipFile(io.BytesIO(exported(database, cast, files, item)))
    assert {"manifest.json", "verify.py", "index.html", "SHA256SUMS"} <= set(bundle.namelist())
    [told] = json.loads(bundle.read("manifest.json"))["items"]
    assert [link["event"]["event"] for link in told["chain"]] == ["received", "exported"]
    assert "<script" not in bundle.read("index.html").decode()


def test_nothing_goes_abroad_without_a_recorded_check_of_every_point(
    database: Database, cast: Cast, files: Files, item: UUID
) -> None:
    with database.write() as session, clock.at(NOW):
        actor = cast.station.actor
        row = Items(session, actor).get(item)
        place = (session, files, actor, row.thread_id, [row.id])
        with pytest.raises(ExportUnchecked):
            export_bundle(*place, destination=Destination.FOREIGN, recipient="USDC")
        answers = dict.fromkeys(EXPORT_CHECKS, "checked: public listings only")
        with pytest.raises(Invalid) as refused:
            record_check(
                session,
                actor,
                row.thread_id,
                [row.id],
                recipient="",
                answers={**answers, "data": " "},
            )
        assert [error.field for error in refused.value.errors] == ["data", "recipient"]
        record_check(session, actor, row.thread_id, [row.id], recipient="USDC", answers=answers)
        with export_bundle(*place, destination=Destination.FOREIGN, recipient="USDC") as made:
            assert made.read()
        with pytest.raises(Invalid):
            export_bundle(
                session,
                files,
                actor,
                row.thread_id,
                [],
                destination=Destination.DOMESTIC,
                recipient="",
            )


def test_who_may_only_read_neither_adds_nor_exports(
    database: Database, cast: Cast, files: Files, item: UUID
) -> None:
    with database.write() as session, clock.at(NOW):
        row = Items(session, cast.bureau.actor).get(item)
        with pytest.raises(PermissionDenied):
            hand_over(session, cast.bureau.actor, row, Custody.COPIED)
        with pytest.raises(PermissionDenied):
            seal(session, cast.bureau.actor, row, number="1")
        with pytest.raises(NotFound):
            Items(session, cast.stranger.actor).get(item)
