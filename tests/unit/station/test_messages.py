from pathlib import Path

import pytest

from service.cases.contents import media_type_of
from service.rules.loader import library
from service.station.errors import MessageUnreadable
from service.station.extracting import EACH, day_in, extract, senders
from service.station.reading import EML, MSG, PDF, Letter, read_letter
from tests.unit.station.letters import AMAZON, EXPECTED, TEMU, mail
from tests.unit.station.outlook import outlook


def letter(tmp_path: Path, content: bytes, kind: str = EML) -> Letter:
    path = tmp_path / "letter"
    path.write_bytes(content)
    return read_letter(path, kind)


@pytest.mark.parametrize("sender", EXPECTED)
def test_what_a_notice_says_is_proposed(tmp_path: Path, sender: str) -> None:
    content, expected = EXPECTED[sender]
    found = {(one.field, one.value) for one in extract(letter(tmp_path, content))}
    assert found >= expected


def test_each_proposal_names_its_line_and_its_kind_of_sender(tmp_path: Path) -> None:
    found = {one.value: one for one in extract(letter(tmp_path, AMAZON))}
    assert found["17123456789"].excerpt == "Complaint ID: 17123456789"
    assert {one.sender for one in found.values()} == {"amazon"}


def test_an_outlook_message_is_read_as_any_other(tmp_path: Path) -> None:
    content = outlook(
        "eBay VeRO",
        "From: vero@ebay.example\n",
        "Item number: 123456789012\nReference ID: VERO-1234",
    )
    path = tmp_path / "a.msg"
    path.write_bytes(content)
    assert media_type_of(path) == MSG
    found = {(one.field, one.value) for one in extract(letter(tmp_path, content, MSG))}
    assert found == {("listing", "123456789012"), ("complaint_number", "VERO-1234")}


def test_scripts_of_a_message_are_no_text(tmp_path: Path) -> None:
    assert "var complaint" not in letter(tmp_path, TEMU).text


@pytest.mark.parametrize(
    ("content", "kind"), [(b"PK\x03\x04", MSG), (b"%PDF-1.7 broken", PDF), (b"GIF89a", "image/gif")]
)
def test_what_is_no_message_is_said_to_be_none(tmp_path: Path, content: bytes, kind: str) -> None:
    with pytest.raises(MessageUnreadable):
        letter(tmp_path, content, kind)


def test_a_letter_of_nobody_we_know_proposes_nothing(tmp_path: Path) -> None:
    assert extract(letter(tmp_path, mail("a@example.com", "Lunch", "Case No. 12345678"))) == []


def test_a_schedule_of_hundreds_of_shops_proposes_the_first_of_them(tmp_path: Path) -> None:
    rows = "\n".join(f"{n} Shop{n} https://shop{n}.example" for n in range(1, 300))
    text = f'SCHEDULE "A"\n{rows}\n'
    found = extract(letter(tmp_path, mail("a@b.example", "TRO", text)))
    assert len([one for one in found if one.field == "alias"]) == EACH


@pytest.mark.parametrize(
    ("text", "american", "day"),
    [
        ("October 5, 2026", True, "2026-10-05"),
        ("5 Oct 2026", False, "2026-10-05"),
        ("2026年10月5日 上午", False, "2026-10-05"),
        ("10/05/2026", True, "2026-10-05"),
        ("10/05/2026", False, ""),
        ("Mon, 05 Oct 2026 08:00:00 +0000", False, "2026-10-05"),
        ("2026-13-45", False, ""),
        ("soon", False, ""),
    ],
)
def test_a_day_is_read_or_left_open(text: str, american: bool, day: str) -> None:
    assert day_in(text, american=american) == day


def test_every_clock_of_a_sender_is_a_rule_and_a_field() -> None:
    for sender in senders().values():
        if sender.clock is not None:
            assert library().find(sender.clock.rule)
            assert sender.clock.field in sender.fields
