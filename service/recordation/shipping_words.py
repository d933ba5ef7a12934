"""What the ship-safe check says, as message ids; and its lights as tags."""

from collections.abc import Mapping

from service.core.text import N_
from service.recordation.shipping import BrandType, Light, Party, PartyStanding
from service.ui.tags import Shape, Tag, Tone

LIGHT_TAGS: Mapping[Light, Tag] = {
    Light.RED: Tag(N_("Do not ship yet"), Tone.STOP, Shape.SQUARE),
    Light.AMBER: Tag(N_("Settle the open points first"), Tone.WARN, Shape.DIAMOND),
    Light.UNKNOWN: Tag(N_("Not searched: no answer"), Tone.NEUTRAL, Shape.RING),
    Light.GREEN: Tag(N_("No obstacle found"), Tone.GOOD, Shape.TICK),
}
PARTY_NAMES: Mapping[Party, str] = {
    Party.CONSIGNOR: N_("Domestic consignor"),
    Party.MAKER: N_("Producer or seller"),
    Party.DECLARANT: N_("Declaring unit"),
}
STANDING_NAMES: Mapping[PartyStanding, str] = {
    PartyStanding.NOT_LISTED: N_("not on the list"),
    PartyStanding.NOT_ENTERED: N_("authorised, not entered with customs"),
    PartyStanding.NOT_NAMED: N_("not named"),
    PartyStanding.LISTED: N_("on the list"),
    PartyStanding.OWNER: N_("right holder"),
}
BRAND_TYPES: Mapping[BrandType, str] = {
    BrandType.NONE: N_("0 no brand"),
    BrandType.DOMESTIC: N_("1 domestic brand of one's own"),
    BrandType.ACQUIRED: N_("2 brand acquired by a domestic owner"),
    BrandType.OEM: N_("3 foreign brand, made to order"),
    BrandType.FOREIGN: N_("4 foreign brand, other"),
}
ELEMENT_NAMES: Mapping[str, str] = {
    "code": N_("Commodity code, ten digits"),
    "brand_type": N_("Brand type"),
    "brand": N_("Brand"),
    "model": N_("Model"),
}
ENTER_FIRST = N_(
    "Have the {party} entered as an authorised user of recordation {number} before the goods leave."
)
NAME_FIRST = N_("Name the {party}: customs compares it with the list of recordation {number}.")
OWN_PROOF = N_("Carry the recordation number {number} and the authorisation of {holder}.")
