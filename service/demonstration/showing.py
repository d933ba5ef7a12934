"""What the demonstration prints, in both languages: progress, the table of screenings, sign-ins."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from service.core.text import N_
from service.demonstration.building import Screened
from service.demonstration.files import OFFICE
from service.demonstration.people import GUESTS
from service.registry.schemas.imports import ImportOut
from service.screening.commands import COLOURS
from service.screening.domain import Verdict
from service.screening.schemas import HitOut, ScreeningOut
from service.ui.console import said, tell
from service.ui.tags import VERDICTS


def show_register(out: Console, results: Sequence[ImportOut]) -> None:
    """Say what each file of the register brought, or that it was in."""
    for result in results:
        message = (
            N_("{file} ({format}): was in before, nothing changed")
            if result.already
            else N_("{file} ({format}): {read} records")
        )
        tell(out, message, file=result.file_name, format=result.format, read=result.read)


def show_screenings(out: Console, screened: Sequence[Screened]) -> None:
    """Print one line for each row of the catalogue, and what all of them come to."""
    table = Table(
        Column("SKU", no_wrap=True),
        Column(said(N_("Brand")), no_wrap=True),
        "XX",
        said(N_("Closest mark")),
        said(N_("Not searched")),
        box=SIMPLE,
        padding=(0, 1, 0, 0),
    )
    for one in screened:
        table.add_row(*_line(one))
    out.print(table)
    counts = Counter(one.answer.markets[OFFICE].verdict for one in screened)
    for verdict in Verdict:
        if counts[verdict]:
            label = Text(f"{counts[verdict]:>4} ") + _verdict(verdict)
            out.print(label)
    elsewhere = Counter(code for one in screened for code in _unsearched(one.answer))
    tell(
        out,
        N_(
            "Of {count} other markets no register is loaded: they are never called clear. "
            "See {path}."
        ),
        count=len(elsewhere),
        path="docs/import.md",
    )


def _line(one: Screened) -> Iterable[Text | str]:
    answer = one.answer
    yield one.row.asked.reference
    yield " ".join(one.row.asked.names)
    yield _verdict(answer.markets[OFFICE].verdict)
    yield _closest(next((hit for hit in answer.hits if OFFICE in hit.markets), None))
    yield " ".join(_unsearched(answer))


def _verdict(verdict: Verdict) -> Text:
    return Text(said(VERDICTS[verdict].label), style=COLOURS[verdict])


def _closest(hit: HitOut | None) -> str:
    if hit is None or hit.verdict is Verdict.NO_CONFLICT_FOUND:
        return ""
    classes = ",".join(map(str, hit.mark.classes))
    return f"{hit.mark.text} ({classes})"


def _unsearched(answer: ScreeningOut) -> list[str]:
    return [
        code for code, market in answer.markets.items() if market.verdict is Verdict.NOT_SEARCHED
    ]


def show_sign_ins(out: Console, passwords: Mapping[str, str]) -> None:
    """Print the sign-ins, one for each group of users."""
    table = Table(said(N_("Login")), said(N_("Password")), said(N_("Who")), box=SIMPLE)
    for guest in GUESTS:
        if guest.login in passwords:
            table.add_row(guest.login, passwords[guest.login], said(guest.who))
    out.print(table)
