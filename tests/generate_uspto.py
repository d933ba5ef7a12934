"""Write a register file of any size in the USPTO's bulk format, for benchmarks and tests.

    python -m tests.generate_uspto 200000 -o apc18840407-20231231-01.zip [--seed 7]

Every mark, owner and text is invented from syllables and a small vocabulary. What is made like the
real register is its shape: how many marks are words only, how many live, how many classes, owners
and prosecution events a case has (12 on average), and how long its texts are.
"""

import argparse
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import IO, TypeVar
from xml.sax.saxutils import escape

T = TypeVar("T")

STATUSES = (
    ("700", 18), ("702", 14), ("800", 10), ("701", 4), ("686", 3), ("641", 5), ("630", 4),
    ("688", 4), ("730", 2), ("774", 1), ("602", 14), ("606", 9), ("710", 8), ("900", 4),
)  # fmt: skip
"""Status codes by weight: about half of all case files of the office are dead."""
DRAWINGS = (("4000", 58), ("1000", 14), ("3000", 21), ("5000", 4), ("2000", 3))
CLASS_COUNT = ((1, 74), (2, 14), (3, 6), (4, 3), (6, 2), (11, 1))
CLASSES = (
    (9, 12),
    (35, 11),
    (25, 9),
    (41, 9),
    (42, 9),
    (12, 3),
    (5, 5),
    (30, 4),
    (3, 4),
    (7, 2),
    *((number, 1) for number in range(1, 46)),
)
COUNTRIES = (
    ("US", 78),
    ("CN", 8),
    ("DE", 3),
    ("GB", 2),
    ("JP", 2),
    ("CA", 2),
    ("KR", 2),
    ("FR", 2),
)
SYLLABLES_TEXT = (
    "al an ar ba be bo ca ce co da de di do el en er fa fe fi ga ge go ha he hi in ix ja jo ka ke "
    "ko la le li lo lu ma me mi mo na ne no nu on or pa pe po qua ra re ri ro sa se si so ta te ti "
    "to tra tri ul un va ve vi vo wa we xi ya yo za ze zi zo"
)
WORDS_TEXT = (
    "alpine amber arrow aurora bay beacon birch bright brook canyon cedar cloud copper coral crown "
    "delta eagle echo ember falcon field fox glacier golden granite harbor haven horizon indigo "
    "iron island ivory jade juniper lake lark lunar maple meadow mesa moon north nova oak ocean "
    "onyx orchard otter pearl pine prairie quartz rapid raven red ridge river robin sage salt "
    "silver sky solar spring star stone summit sun swift terra tide timber vale velvet vista west "
    "willow wind wolf"
)
SYLLABLES, WORDS = SYLLABLES_TEXT.split(), WORDS_TEXT.split()
GOODS = (
    "electric bicycles; electric motorcycles; structural parts for bicycles",
    "downloadable software for recording journeys and sharing them with other riders",
    "retail store services featuring clothing, footwear and outdoor equipment",
    "clothing, namely shirts, trousers, jackets, footwear and hats",
    "educational services, namely conducting classes in the field of vehicle repair",
    "providing temporary use of non-downloadable software for managing fleets of vehicles",
    "lithium batteries; battery chargers; electric cables and connectors",
    "coffee, tea, bread, pastries and confectionery made of sugar",
)
EVENTS = (
    "NWAP",
    "DOCK",
    "CNRT",
    "GNRT",
    "TROA",
    "CNSA",
    "NPUB",
    "PUBO",
    "R.PR",
    "REM1",
    "C15A",
    "NRWN",
)
FORMS = (" Inc.", " LLC", " Corporation", " Co., Ltd.", " GmbH", "")
LEAD = """<?xml version="1.0" encoding="UTF-8"?>
<trademark-applications-daily><version><version-no>2.0</version-no><version-date>20041108</version-date>\
</version><creation-datetime>{created}</creation-datetime><application-information><file-segments>\
<file-segment>TRMK</file-segment><action-keys><action-key>TX</action-key>
"""
TAIL = """</action-keys></file-segments></application-information></trademark-applications-daily>
"""
FLAGS_TEXT = (
    "drawing-3d-current-in drawing-3d-filed-in principal-register-amended-in "
    "supplemental-register-amended-in trademark-in collective-trademark-in service-mark-in "
    "collective-service-mark-in collective-membership-mark-in certification-mark-in "
    "supplemental-register-in cancellation-pending-in published-concurrent-in concurrent-use-in "
    "concurrent-use-proceeding-in interference-pending-in opposition-pending-in section-2f-in "
    "section-2f-in-part-in section-12c-in renewal-filed-in section-8-filed-in "
    "section-8-partial-accept-in section-8-accepted-in section-15-acknowledged-in "
    "section-15-filed-in change-registration-in foreign-priority-in intent-to-use-in "
    "intent-to-use-current-in filed-as-use-application-in amended-to-use-application-in "
    "use-application-currently-in amended-to-itu-application-in filing-basis-filed-as-44d-in "
    "amended-to-44d-application-in filing-basis-current-44d-in filing-basis-filed-as-44e-in "
    "amended-to-44e-application-in filing-basis-current-44e-in without-basis-currently-in "
    "filing-current-no-basis-in filing-basis-filed-as-66a-in filing-basis-current-66a-in "
    "color-drawing-filed-in color-drawing-current-in standard-characters-claimed-in"
)
FLAG_LINE = "".join(f"<{flag}>F</{flag}>" for flag in FLAGS_TEXT.split())


def _pick(random: Random, table: Sequence[tuple[T, int]]) -> T:
    return random.choices([value for value, _ in table], [weight for _, weight in table])[0]


def _name(random: Random) -> str:
    """Return an invented mark: a coined word, a word of the vocabulary, or a few of them."""
    coined = "".join(random.choices(SYLLABLES, k=random.choice((2, 3, 3, 4))))
    words = random.choices(WORDS, k=random.choice((1, 1, 2, 3)))
    return random.choice((coined, " ".join(words), f"{coined} {words[0]}", coined)).upper()


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")


def _events(random: Random, filed: date) -> str:
    entries = []
    for number in range(1, random.randint(4, 22)):
        code = random.choice(EVENTS)
        day = _day(filed + timedelta(days=40 * number))
        entries.append(
            f"<case-file-event-statement><code>{code}</code><type>O</type>"
            f"<description-text>{code} ENTERED IN RECORD</description-text>"
            f"<date>{day}</date><number>{number}</number></case-file-event-statement>"
        )
    return "".join(entries)


def _owner(random: Random, kind: int, name: str, country: str) -> str:
    place = "<state>CA</state>" if country == "US" else ""
    return (
        f"<case-file-owner><entry-number>1</entry-number><party-type>{kind}</party-type>"
        f"<nationality><country>{country}</country></nationality>"
        f"<legal-entity-type-code>03</legal-entity-type-code><party-name>{escape(name)}</party-name>"
        f"<address-1>{random.randint(1, 9999)} {random.choice(WORDS).title()} Road</address-1>"
        f"<city>{random.choice(WORDS).title()}</city>{place}<country>{country}</country>"
        f"<postcode>{random.randint(10000, 99999)}</postcode></case-file-owner>"
    )


def case(random: Random, number: int, day: date) -> str:
    """Return one invented case file with serial number 70,000,000 + `number`."""
    serial = 70_000_000 + number
    filed = day - timedelta(days=random.randint(200, 14_000))
    status = _pick(random, STATUSES)
    registered = status in {"700", "702", "800", "701", "710", "900"}
    drawing = _pick(random, DRAWINGS)
    text = "" if drawing == "2000" else _name(random)
    country = _pick(random, COUNTRIES)
    owner = f"{_name(random).title()}{random.choice(FORMS)}"
    classes = {_pick(random, CLASSES) for _ in range(_pick(random, CLASS_COUNT))}
    statements = "".join(
        f"<case-file-statement><type-code>GS{nice:03}1</type-code>"
        f"<text>{'; '.join(random.choices(GOODS, k=random.randint(1, 6)))}</text>"
        "</case-file-statement>"
        for nice in sorted(classes)
    )
    blocks = "".join(
        "<classification><international-code-total-no>1</international-code-total-no>"
        f"<us-code-total-no>1</us-code-total-no><international-code>{nice:03}</international-code>"
        "<us-code>021</us-code><status-code>6</status-code>"
        f"<status-date>{_day(filed)}</status-date><first-use-anywhere-date>{_day(filed)}"
        f"</first-use-anywhere-date><primary-code>{nice:03}</primary-code></classification>"
        for nice in sorted(classes)
    )
    kinds = (10, 20, 30) if registered else (10,)
    owners = "".join(_owner(random, kind, owner, country) for kind in kinds)
    registration = _day(filed + timedelta(days=400)) if registered else ""
    return (
        f"<case-file><serial-number>{serial}</serial-number><registration-number>"
        f"{serial - 69_000_000 if registered else 0:07}</registration-number>"
        f"<transaction-date>{_day(day)}</transaction-date><case-file-header>"
        f"<filing-date>{_day(filed)}</filing-date>"
        + (f"<registration-date>{registration}</registration-date>" if registration else "")
        + f"<status-code>{status}</status-code><status-date>{_day(day)}</status-date>"
        f"<mark-identification>{escape(text)}</mark-identification>"
        f"<mark-drawing-code>{drawing}</mark-drawing-code>"
        f"<published-for-opposition-date>{_day(filed + timedelta(days=300))}"
        f"</published-for-opposition-date><attorney-name>{_name(random).title()}</attorney-name>"
        f"{FLAG_LINE}<current-location>NOT FOUND</current-location></case-file-header>"
        f"<case-file-statements>{statements}</case-file-statements>"
        f"<case-file-event-statements>{_events(random, filed)}</case-file-event-statements>"
        f"<classifications>{blocks}</classifications><correspondent><address-1>"
        f"{_name(random).title()}</address-1></correspondent>"
        f"<case-file-owners>{owners}</case-file-owners></case-file>\n"
    )


def chunks(count: int, *, seed: int = 1, day: date = date(2023, 12, 31)) -> Iterator[str]:
    """Yield the text of a file of `count` case files, piece by piece."""
    random = Random(seed)
    yield LEAD.format(created=f"{_day(day)}0115")
    for number in range(count):
        yield case(random, number, day)
    yield TAIL


def write(path: Path, count: int, *, seed: int = 1, day: date = date(2023, 12, 31)) -> None:
    """Write an XML file, or a zip with the XML file in it where the name ends in `.zip`."""
    if path.suffix != ".zip":
        with path.open("w", encoding="utf-8") as stream:
            stream.writelines(chunks(count, seed=seed, day=day))
        return
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        member: IO[bytes]
        with archive.open(path.stem + ".xml", "w", force_zip64=True) as member:
            for chunk in chunks(count, seed=seed, day=day):
                member.write(chunk.encode())


def main() -> None:
    """Write the file asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("count", type=int, help="case files to write")
    parser.add_argument("-o", "--output", type=Path, default=Path("apc18840407-20231231-01.zip"))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.output, options.count, seed=options.seed)


if __name__ == "__main__":
    main()
