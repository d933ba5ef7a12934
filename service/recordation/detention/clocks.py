"""The clocks of a detention, as a flat table: authority × side × step → rule.

A row holds no figure: `service.rules` computes the date and says why. What no row has is *not
researched*, and shown as a clock without a date. `tests/unit/recordation` holds the table against
the rules of the library, one by one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from service.cases.domain import Effect
from service.cases.moves import Clock
from service.recordation.detention.domain import EU, GACC, UK, US, Ground, Mode, Side
from service.rules.authorities import RightKind

PATENTS = frozenset({RightKind.PATENT_INVENTION, RightKind.UTILITY_MODEL, RightKind.DESIGN})
EX, ON = Mode.EX_OFFICIO, Mode.ON_APPLICATION
HOLDER, EXPORTER = Side.HOLDER, Side.EXPORTER
FATAL, AWAITED = Effect.FATAL, Effect.AWAITED
LIKENESS = frozenset({Ground.CONFUSING, Ground.PARALLEL})


@dataclass(frozen=True, slots=True)
class Row:
    """One clock: with this authority, on this side, the step starts the clock of this rule.

    `mode`, `grounds` and `small` narrow it down; None: whatever they are. `effect` None: as the
    kind of the rule says.
    """

    authority: str
    side: Side
    event: str
    rule: str
    effect: Effect | None = None
    mode: Mode | None = None
    grounds: frozenset[Ground] | None = None
    small: bool | None = None

    def fits(self, detention: Any) -> bool:
        """Say whether the clock runs for a detention."""
        return (
            detention.authority == self.authority
            and self.mode in {None, detention.mode}
            and self.small in {None, detention.small_consignment}
            and (self.grounds is None or detention.ground in self.grounds)
        )


def both(authority: str, event: str, rule: str, **narrow: Any) -> Iterator[Row]:
    """Give a clock of the holder's, for which the other side waits."""
    yield Row(authority, HOLDER, event, rule, **narrow)
    yield Row(authority, EXPORTER, event, rule, AWAITED, **narrow)


CLOCKS: tuple[Row, ...] = (
    # China: what the holder must do, the investigation, the court
    Row(GACC, HOLDER, "notify", "cn-gacc-notice-response", FATAL, mode=EX),
    *both(GACC, "detain", "cn-gacc-investigation", mode=EX),
    *both(GACC, "detain", "cn-gacc-court-notice-50", mode=EX),
    *both(GACC, "detain", "cn-gacc-court-notice-20", mode=ON),
    *both(GACC, "counter_security", "cn-gacc-patent-proof"),
    # China: what the exporter can do against the detention and after the finding
    Row(GACC, EXPORTER, "detain", "cn-gacc-reconsider", FATAL),
    Row(GACC, EXPORTER, "detain", "cn-adm-suit-direct", FATAL),
    Row(GACC, EXPORTER, "announce_penalty", "cn-gacc-hearing", FATAL),
    Row(GACC, EXPORTER, "penalise", "cn-gacc-fine-due", FATAL),
    Row(GACC, EXPORTER, "penalise", "cn-gacc-reconsider", FATAL),
    Row(GACC, EXPORTER, "penalise", "cn-adm-suit-direct", FATAL),
    Row(GACC, EXPORTER, "reconsidered", "cn-adm-suit-after", FATAL),
    Row(GACC, EXPORTER, "release", "cn-gacc-security-attach", FATAL),
    Row(GACC, HOLDER, "release", "cn-gacc-security-attach", AWAITED),
    # European Union
    *both(EU, "detain", "eu-det-confirm", mode=ON),
    *both(EU, "detain", "eu-det-exofficio", mode=EX),
    *both(EU, "extend", "eu-det-extension"),
    Row(EU, EXPORTER, "detain", "eu-customs-declarant", FATAL, small=False),
    Row(EU, EXPORTER, "detain", "eu-det-smallconsignment", FATAL, small=True),
    # United Kingdom
    *both(UK, "detain", "gb-confirm", mode=ON),
    *both(UK, "detain", "gb-exofficio", mode=EX),
    # United States
    *both(US, "present", "us-cbp-decide-detain"),
    Row(US, EXPORTER, "present", "us-cbp-30-day-detention", FATAL, grounds=LIKENESS),
    Row(
        US,
        EXPORTER,
        "detain",
        "us-cbp-importer-7",
        FATAL,
        grounds=frozenset({Ground.COUNTERFEIT}),
    ),
    Row(US, HOLDER, "detain", "us-cbp-disclose"),
    Row(US, EXPORTER, "seize", "us-cbp-petition", FATAL),
    # Türkiye, India, Japan, Korea
    *both("tr-customs", "detain", "tr-det", mode=ON),
    *both("tr-customs", "detain", "tr-exofficio", mode=EX),
    *both("in-customs", "detain", "in-join", mode=ON),
    *both("in-customs", "detain", "in-exofficio", mode=EX),
    *both("in-customs", "detain", "in-bond"),
    Row("jp-customs", EXPORTER, "detain", "jp-importer-objection", FATAL),
    Row("jp-customs", HOLDER, "detain", "jp-importer-objection", AWAITED),
    Row("jp-customs", EXPORTER, "contest", "jp-evidence", FATAL),
    Row("jp-customs", HOLDER, "contest", "jp-evidence", FATAL),
    Row("kr-customs", HOLDER, "notify", "kr-request", FATAL),
    *both("kr-customs", "detain", "kr-court"),
    # the others, with what is known
    Row("au-abf", EXPORTER, "seize", "au-importer-claim", FATAL),
    Row("au-abf", HOLDER, "detain", "au-importer-claim", AWAITED),
    *both("au-abf", "contest", "au-action"),
    Row("ca-cbsa", HOLDER, "notify", "ca-prenotice"),
    *both("ca-cbsa", "detain", "ca-det"),
    *both("vn-customs", "detain", "vn-suspend"),
    Row("th-customs", HOLDER, "notify", "th-verify", FATAL),
    Row("id-customs", HOLDER, "notify", "id-confirm", FATAL),
    Row("id-customs", HOLDER, "confirm", "id-court", FATAL),
    *both("ru-fts", "detain", "ru-det"),
    *both("sa-zatca", "detain", "sa-det"),
    *both("hk-ced", "detain", "hk-boc"),
    *both("br-receita", "detain", "br-detention"),
    *both("za-sars", "detain", "za-charge"),
    *both("za-sars", "detain", "za-intent"),
    Row("za-sars", HOLDER, "confirm", "za-court"),
)


def starts(side: Side, event: str) -> tuple[Clock, ...]:
    """Return the clocks a step starts, each for the detentions its row fits."""
    return tuple(
        Clock(row.rule, effect=row.effect, when=_fitting(row))
        for row in CLOCKS
        if (row.side, row.event) == (side, event)
    )


def _fitting(row: Row) -> Callable[[Any], bool]:
    return lambda detention: row.fits(detention)


def rules_of(side: Side, *events: str) -> tuple[str, ...]:
    """Return the rules whose clocks these steps start on a side, each once."""
    return tuple(dict.fromkeys(r.rule for r in CLOCKS if r.side == side and r.event in events))


def known(authority: str) -> bool:
    """Say whether any clock of an authority was researched."""
    return any(row.authority == authority for row in CLOCKS)
