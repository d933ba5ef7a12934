"""The pack of a filing: what is in it, fitted and named, and the same bytes for the same filing."""

import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from docx import Document
from PIL import Image
from pypdf import PdfReader, PdfWriter
from sqlalchemy.orm import Session

from service.core.errors import NotFound, PermissionDenied
from service.identity.permissions import OrganisationKind, Role
from service.recordation.domain import Scope
from service.recordation.models import Filing
from service.recordation.packs.attachments import stamped
from service.recordation.packs.letters import LETTERS, letter_pdf, letter_word
from service.recordation.packs.zipping import Pack, build_pack
from service.recordation.usecases.filings import add_paper, save_answers
from service.recordation.usecases.goods import add_picture
from service.recordation.usecases.mandates import give_mandate
from service.recordation.usecases.packing import file_of, matter_of, to_pack
from service.recordation.usecases.snapshots import hash_of
from service.registry.usecases.files import note_file
from tests.builders import make_organisation, make_person
from tests.recordation import NOW, PDF, TODAY, Shop, begun, granted, png, rounds, step


def pack_of(session: Session, shop: Shop, filing: Filing) -> Pack:
    asked = to_pack(session, shop.actor, filing)
    return build_pack(
        shop.files, asked.frozen, asked.authority, reference=asked.reference, draft=asked.draft
    )


def opened(pack: Pack) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def one_page() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


def words(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_the_pack_of_a_sent_filing_is_the_frozen_one_and_never_changes(shop: Shop) -> None:
    with shop.database.write() as session:
        filing = granted(session, shop, "gacc")
        first = pack_of(session, shop, filing)
        shop.asset(session).title = "另一个名称"
        session.flush()
        again = pack_of(session, shop, filing)
        sent = rounds(session, shop, filing)[-1]
    assert first.sha256 == again.sha256 == hashlib.sha256(first.content).hexdigest()
    files = opened(first)
    snapshot = json.loads(files["snapshot.json"])
    assert hash_of(snapshot) == sent.snapshot_hash
    manifest = json.loads(files["manifest.json"])
    assert manifest["snapshot_sha256"] == sent.snapshot_hash
    for row in manifest["files"]:
        assert hashlib.sha256(files[row["name"]]).hexdigest() == row["sha256"]
    assert {name for name in files if name.startswith("attachments/")} == {
        "attachments/01_权利人主体资格证明.pdf",
        "attachments/02_权利证书.pdf",
        "attachments/03_许可使用合同.pdf",
        "attachments/04_货物及其包装照片.pdf",
    }


def test_the_typing_sheet_follows_the_order_of_the_system(shop: Shop) -> None:
    with shop.database.write() as session:
        filing = granted(session, shop, "gacc")
        files = opened(pack_of(session, shop, filing))
    text = words(files["01_typing_sheet.pdf"])
    heads = ["权利人信息", "代理人信息", "知识产权信息", "合法使用人", "合法货物", "侵权货物"]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)
    for said in ("雅迪 YADEA", "12345678", "激光雕刻", "宁波海关", "无锡代工厂"):
        assert said in text
    assert "紫外可见暗记" not in text
    edited = Document(io.BytesIO(files["02_fields.docx"]))
    assert any("12345678" in row.cells[1].text for row in edited.tables[0].rows)


def test_pictures_are_fitted_to_the_limits_of_the_authority(shop: Shop) -> None:
    with shop.database.write() as session:
        from service.recordation.models import Goods

        goods = session.query(Goods).one()
        noise = Image.effect_noise((2600, 2600), 90).convert("RGB")
        out = io.BytesIO()
        noise.save(out, "PNG")
        file_id = shop.file(session, out.getvalue(), "big.png")
        from service.recordation.domain import PictureKind

        add_picture(session, shop.actor, goods, file_id, PictureKind.GOODS)
        filing = begun(session, shop, "us-cbp")
        files = opened(pack_of(session, shop, filing))
    shown = {name: body for name, body in files.items() if name.startswith("pictures/")}
    assert len(shown) == 5
    for body in shown.values():
        assert len(body) <= 2048 << 10
        assert body.startswith(b"\xff\xd8\xff")


def test_a_copy_for_gacc_is_marked_and_what_cannot_be_is_told() -> None:
    marked, note = stamped(one_page(), NOW)
    assert "与原件核对无误" in words(marked)
    assert note.startswith("marked")
    same, note = stamped(PDF, NOW)
    assert (same, note) == (PDF, "as sent: mark and seal it by hand")


def test_a_scan_is_made_into_a_pdf_and_a_draft_says_so(shop: Shop) -> None:
    with shop.database.write() as session:
        filing = begun(session, shop, "gacc")
        add_paper(session, shop.actor, filing, "supporting", shop.file(session, png(), "scan.png"))
        files = opened(pack_of(session, shop, filing))
    scan = next(body for name, body in files.items() if "其他证明材料" in name)
    assert scan.startswith(b"%PDF")
    assert "与原件核对无误" in words(scan)
    assert "草稿" in words(files["01_typing_sheet.pdf"])


@pytest.mark.parametrize("key", LETTERS)
def test_every_letter_names_holder_right_and_numbers(shop: Shop, key: str) -> None:
    with shop.database.write() as session:
        filing = granted(session, shop, "gacc")
        matter = matter_of(session, shop.actor, filing)
        text = words(letter_pdf(key, matter))
        document = Document(io.BytesIO(letter_word(key, matter)))
    assert "12345678" in text
    assert "Wuxi Test Vehicles" in text
    cells = [row.cells[1].text for row in document.tables[0].rows]
    assert any("12345678" in cell for cell in cells)


def test_a_change_letter_sets_the_old_beside_the_new(shop: Shop) -> None:
    from service.recordation.repository import Holders
    from service.recordation.usecases.substance import change_holder

    with shop.database.write() as session:
        filing = granted(session, shop, "gacc")
        holder = Holders(session, shop.actor).all()[0]
        change_holder(session, shop.actor, holder, {"address_zh": "新地址8号"})
        text = words(letter_pdf("change", matter_of(session, shop.actor, filing)))
    said = "".join(text.split())
    assert "新地址8号" in said
    assert "锡山区1号" in said


def test_who_may_see_the_filing_may_see_its_papers_and_no_other_file(shop: Shop) -> None:
    customs = make_organisation(shop.database, OrganisationKind.CUSTOMS)
    officer = make_person(shop.database, Role.CUSTOMS_LIAISON, organisation=customs).actor
    with shop.database.write() as session:
        filing = granted(session, shop, "gacc")
        give_mandate(session, shop.actor, to_id=customs.id, scope=Scope.CHECK, valid_from=TODAY)
        papers = rounds(session, shop, filing)[-1].snapshot["papers"]
        from uuid import UUID

        assert file_of(session, officer, filing, UUID(papers[0]["file_id"]))
        other = shop.file(session, png("pink"), "secret.png")
        with pytest.raises(NotFound):
            file_of(session, officer, filing, other)


def test_a_station_files_with_the_exporters_papers_and_its_own(shop: Shop) -> None:
    station = make_organisation(shop.database, OrganisationKind.STATION)
    liaison = make_person(shop.database, Role.STATION_LIAISON, organisation=station).actor
    stranger = make_person(shop.database, Role.EXPORTER_OWNER).actor
    with shop.database.write() as session:
        give_mandate(
            session,
            shop.actor,
            to_id=station.id,
            scope=Scope.FILE,
            valid_from=TODAY,
            valid_to=NOW.date().replace(year=2027),
            poa_file_id=shop.file(session),
        )
        filing = begun(session, shop, "gacc")
        theirs = shop.file(session, png("navy"), "mine.png")
        add_paper(session, liaison, filing, "supporting", theirs)
        stored = shop.files.put([png("gold")], limit=1 << 20)
        own = note_file(session, liaison, stored, name="own.png", media_type="image/png").id
        add_paper(session, liaison, filing, "supporting", own)
        with pytest.raises((NotFound, PermissionDenied)):
            add_paper(session, stranger, filing, "supporting", theirs)
        answers: dict[str, Any] = {"undertaking": "yes", "disputes": "无"}
        save_answers(session, liaison, filing, "declarations", answers, version=filing.version)
        step(session, shop, filing, "complete")
