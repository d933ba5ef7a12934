"""Answers as the terminal shows them. Names and owners are printed as text, never as markup."""

import unicodedata
from collections.abc import Mapping

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from service.core.text import N_
from service.registry.connectors import PERSON_ONLY
from service.screening.domain import Verdict
from service.screening.schemas import AxisOut, CompareOut, HitOut, MarketOut, ScreeningOut
from service.ui.console import said, tell
from service.ui.i18n import Language, translator
from service.ui.tags import COVERAGE, DEGREES, VERDICTS, Tag

COLOURS: Mapping[Verdict, str] = {
    Verdict.BLOCKED: "bold white on red",
    Verdict.HIGH: "bold red",
    Verdict.MEDIUM: "yellow",
    Verdict.LOW: "cyan",
    Verdict.NO_CONFLICT_FOUND: "green",
    Verdict.NOT_SEARCHED: "magenta",
}
AXES = {"visual": N_("Look"), "aural": N_("Sound"), "conceptual": N_("Meaning")}
SHOWN = 10
"""Hits printed; `--json` has all of them."""
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of characters that steer a terminal or do not show."""


def plain(text: str) -> str:
    """Return text that a terminal shows as it stands: no escape sequence, no turned direction."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) in HIDDEN else char
        for char in text
    )


def show_answer(out: Console, answer: ScreeningOut) -> None:
    """Print an answer: markets, the first hits, what was not searched."""
    out.print(Text(plain(" / ".join(answer.input.names)), "bold"), str(answer.screening_id))
    table = Table(
        said(N_("Market")),
        said(N_("Verdict")),
        said(N_("Coverage")),
        Column(said(N_("What was found")), overflow="fold"),
    )
    for code, market in answer.markets.items():
        table.add_row(*_market_row(code, market))
    out.print(table)
    for hit in answer.hits[:SHOWN]:
        _show_hit(out, hit)
    shown = min(len(answer.hits), SHOWN)
    if sum(answer.counts.values()) > shown:
        counts = ", ".join(f"{n} {verdict.value}" for verdict, n in answer.counts.items() if n)
        tell(out, N_("Shown: {shown}. In all: {counts}."), shown=shown, counts=counts)
    tell(out, N_("Not searched or compared:"), style="bold")
    for missing in answer.not_searched:
        _say(out, f"  - {missing.explanation.en}  {missing.explanation.zh}")
        if missing.way_out:
            _say(out, f"{missing.way_out.en}\n{missing.way_out.zh}", style="dim", indent=4)
    tell(out, N_("For a person to look at; their terms keep programs out:"), style="bold")
    for system in PERSON_ONLY:
        for name in answer.input.names:
            _say(out, f"  - {said(system.label)}: {system.searching(name)}")
    _say(out, f"{answer.disclaimer.en}\n{answer.disclaimer.zh}", style="dim")


def _market_row(code: str, market: MarketOut) -> tuple[Text, ...]:
    return (
        Text(f"{code} {market.name.zh}"),
        Text(_word(market.verdict.value, VERDICTS), COLOURS[market.verdict]),
        Text(_word(market.coverage.value, COVERAGE)),
        Text(f"{market.sentence.en}\n{market.sentence.zh}"),
    )


def _word(key: str, tags: Mapping[str, Tag]) -> str:
    """Return a key as programs write it, and below it what it is called in Chinese."""
    return f"{key}\n{_chinese(tags[key].label)}"


def _chinese(message: str) -> str:
    return translator(Language.ZH_HANS).text(message)


def _show_hit(out: Console, hit: HitOut) -> None:
    mark = hit.mark
    classes = ",".join(map(str, mark.classes))
    out.print(
        Text.assemble(
            (f"{hit.verdict.value:>17}", COLOURS[hit.verdict]),
            f" {hit.similarity:.3f}  {mark.office} {plain(mark.number)}  ",
            (plain(mark.text), "bold"),
            f"  {plain(mark.owner)}  [{mark.status}; {classes}]",
        )
    )
    _say(out, f"{hit.explanation.en}\n{hit.explanation.zh}", style="dim", indent=18)


def _say(out: Console, text: str, *, style: str = "", indent: int = 0) -> None:
    for line in text.splitlines():
        out.print(Text(" " * indent + plain(line), style))


def show_comparison(out: Console, found: CompareOut) -> None:
    """Print two marks compared."""
    similarity = said(N_("Similarity"))
    out.print(
        Text.assemble(
            (plain(found.a), "bold"),
            " / ",
            (plain(found.b), "bold"),
            f"  {similarity} {found.similarity:.3f}",
        )
    )
    headings = (N_("Axis"), N_("Degree"), N_("Score"), N_("Compared"), N_("Alignment"))
    table = Table(*(said(heading) for heading in headings))
    for name, axis in found.axes.items():
        pair = f"{axis.query} / {axis.mark}" if axis.kind else ""
        labels = (f"{name}\n{_chinese(AXES[name])}", _word(axis.degree, DEGREES))
        cells = (f"{axis.score:.2f}", plain(pair), plain(_steps(axis)))
        table.add_row(*(Text(cell) for cell in (*labels, *cells)))
    out.print(table)
    _say(out, f"{found.explanation.en}\n{found.explanation.zh}")


def _steps(axis: AxisOut) -> str:
    return " ".join(
        step.query if step.op == "equal" else f"[{step.query}→{step.mark}]"
        for step in axis.alignment
    )
