"""The confirmation-before-shipment pack 预确权: a ship-safe check on paper."""

from typing import Any

from service.core.text import N_
from service.recordation.schemas_shipping import PlaceOut, RecordedOut, ShippingOut
from service.recordation.shipping_words import LIGHT_TAGS, PARTY_NAMES, STANDING_NAMES
from service.recordation.usecases.wording import Pair, both
from service.screening.words import PASSAGES, RISKS
from service.ui.documents.codes import qr
from service.ui.documents.pdf import Imprint, Paper, pdf
from service.ui.tags import VERDICTS

CODE = "code.svg"
BLANK = {"zh": "（未填）", "en": "(not given)"}


def shipping_pdf(answer: ShippingOut, address: str) -> bytes:
    """Return the pack as PDF; the code leads to `address`, where it can be read again."""
    words = {
        "title": N_("Confirmation before shipment"),
        "parties": N_("Whom the declaration names"),
        "elements": N_("Elements that must agree"),
        "customs": N_("Customs on the way"),
        "markets": N_("Marks in the markets"),
        "papers": N_("Papers to carry, or to get first"),
        "not_searched": N_("Not searched"),
    }
    data = {
        "words": {key: both(text) for key, text in words.items()},
        "code": CODE,
        "light": both(LIGHT_TAGS[answer.light].label),
        "facts": _facts(answer),
        "parties": [
            {
                "label": both(PARTY_NAMES[one.party]),
                "value": " · ".join(part for part in (one.name, one.code) if part) or BLANK,
            }
            for one in answer.parties
        ],
        "elements": [
            {
                "label": one.label.model_dump(),
                "value": [
                    one.value.model_dump() if one.value.zh else BLANK,
                    *({"zh": f"⚠ {text.zh}", "en": text.en} for text in one.warnings),
                ],
            }
            for one in answer.elements
        ],
        "places": [_place(one) for one in answer.places],
        "markets": [
            [
                {"zh": f"{one.market} {one.name.zh}", "en": one.name.en},
                both(VERDICTS[one.verdict.value].label),
                one.sentence.model_dump(),
            ]
            for one in answer.markets
        ],
        "market_heads": [both(N_("Market")), both(N_("Verdict")), both(N_("What it means"))],
        "papers": [{"text": one.model_dump()} for one in answer.papers],
        "not_searched": [one.explanation.model_dump() for one in answer.not_searched],
        "disclaimer": answer.disclaimer.model_dump(),
        "signers": [both(N_("Checked by")), both(N_("Date"))],
    }
    imprint = Imprint(str(answer.check_id)[:13], answer.at)
    return pdf(Paper("recordation/shipping", data, imprint, {CODE: qr(address)}))


def _facts(answer: ShippingOut) -> list[dict[str, Any]]:
    rows = (
        (N_("SKU"), answer.sku or BLANK),
        (N_("Names"), " / ".join(answer.names)),
        (N_("Result"), both(LIGHT_TAGS[answer.light].label)),
        (N_("Number of the check"), str(answer.check_id)),
        (N_("Number of the screening"), str(answer.screening_id)),
    )
    return [{"label": both(label), "value": value} for label, value in rows]


def _place(place: PlaceOut) -> dict[str, Any]:
    passage = both(PASSAGES[place.passage])
    heading = {
        "zh": f"{place.name.zh} · {passage['zh']} · {both(LIGHT_TAGS[place.light].label)['zh']}",
        "en": f"{place.name.en} · {passage['en']} · {LIGHT_TAGS[place.light].label}",
    }
    heads = (
        N_("Mark"),
        N_("Holder"),
        N_("Recordation number"),
        N_("Until"),
        N_("Against the list"),
    )
    return {
        "heading": heading,
        "risk": both(RISKS[place.risk].label),
        "sentence": place.sentence.model_dump(),
        "heads": [both(text) for text in heads],
        "rows": [_row(one) for one in place.recordations],
    }


def _row(row: RecordedOut) -> list[Any]:
    until: Pair | str = row.expires_on.isoformat() if row.expires_on else "—"
    if row.ended:
        until = {"zh": f"{until}（已失效）", "en": f"{until} (ended)"}
    told = [
        (both(PARTY_NAMES[one.party]), both(STANDING_NAMES[one.standing])) for one in row.parties
    ]
    parties = {
        "zh": "；".join(f"{party['zh']}：{state['zh']}" for party, state in told),
        "en": "; ".join(f"{party['en']}: {state['en']}" for party, state in told),
    }
    return [_mark(row), row.owner, row.recordation_number or "—", until, parties]


def _mark(row: RecordedOut) -> Pair | str:
    if not row.near:
        return row.text
    words = both(N_("(your own filing, of a similar mark: no proof for this name)"))
    return {"zh": f"{row.text}{words['zh']}", "en": f"{row.text} {words['en']}"}
