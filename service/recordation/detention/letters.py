"""The papers a detention is answered with: the table of letters and their words."""

from collections.abc import Mapping

from service.core.text import N_
from service.recordation.detention.domain import EU, GACC, UK, US, Side
from service.recordation.detention.matters import (
    Letter,
    application,
    blank,
    counter_security,
    general_guarantee,
)
from service.recordation.detention.models import Detention

EVERYWHERE = ""
HOLDER_SIGNS = (N_("Right holder (seal)"), N_("Date"))
H, E = Side.HOLDER, Side.EXPORTER
LETTERS: Mapping[str, Letter] = {
    one.key: one
    for one in (
        Letter(
            "application",
            N_("Application for measures of IP protection (detention)"),
            H,
            {GACC: "cn-gacc-notice-response"},
            (
                N_("We ask customs to detain the goods named above, and give the security."),
                N_(
                    "We know that we are liable in damages where no infringement is found, where "
                    "customs cannot determine one, or where a court finds none."
                ),
            ),
            application,
            HOLDER_SIGNS,
        ),
        Letter(
            "decline",
            N_("Written statement that no detention is wanted"),
            H,
            {GACC: "cn-gacc-notice-response"},
            (N_("The goods named above do not infringe, or need not be detained. Our reasons:"),),
            blank(N_("Reasons")),
            HOLDER_SIGNS,
        ),
        Letter(
            "guarantee_application",
            N_("Application for a general guarantee"),
            H,
            {GACC: "cn-gacc-general-guarantee"},
            (
                N_(
                    "We ask that one general guarantee stand for the single securities of our "
                    "recorded trademark."
                ),
            ),
            general_guarantee,
            HOLDER_SIGNS,
        ),
        Letter(
            "guarantee",
            N_("Letter of guarantee"),
            H,
            {GACC: "cn-gacc-general-guarantee"},
            (
                N_(
                    "The guarantor answers to customs, up to the amount guaranteed, for what the "
                    "right holder owes for storage, custody, disposal and damages."
                ),
            ),
            general_guarantee,
            (N_("Guarantor (seal)"), N_("Date")),
        ),
        Letter(
            "withdrawal",
            N_("Withdrawal of the application for detention"),
            H,
            {GACC: "cn-gacc-withdrawal"},
            (N_("We withdraw the application and ask customs to release the goods."),),
            blank(N_("Settlement, or other reason")),
            HOLDER_SIGNS,
        ),
        Letter(
            "confirmation",
            N_("Confirmation of infringement and consent to destruction"),
            H,
            {EU: "eu-det-confirm", UK: "gb-confirm"},
            (
                N_(
                    "We confirm that in our conviction the goods infringe the right, and consent "
                    "to their destruction."
                ),
            ),
            signers=HOLDER_SIGNS,
        ),
        Letter(
            "joining",
            N_("Application after a stop ex officio, or to join the proceedings"),
            H,
            {
                EU: "eu-det-exofficio",
                UK: "gb-exofficio",
                "tr-customs": "tr-exofficio",
                "in-customs": "in-join",
            },
            (N_("We lodge the application, and ask that the goods stay held."),),
            signers=HOLDER_SIGNS,
        ),
        Letter(
            "suspension_request",
            N_("Request to suspend clearance, with security"),
            H,
            {"kr-customs": "kr-request"},
            (N_("We ask customs to suspend clearance of the goods, and give the security."),),
            application,
            HOLDER_SIGNS,
        ),
        Letter(
            "declaration",
            N_("Declaration of the IP status of the goods"),
            E,
            {GACC: "cn-gacc-declare-ip-status"},
            (N_("We declare the IP status of the goods and send the proof of lawful use."),),
            blank(N_("Brand type"), N_("Authorisation and its number")),
            lists_evidence=True,
        ),
        Letter(
            "statement",
            N_("Statement of non-infringement and list of evidence"),
            E,
            {
                EVERYWHERE: "",
                GACC: "cn-gacc-consignor-statement",
                EU: "eu-customs-declarant",
                US: "us-cbp-importer-7",
                "jp-customs": "jp-importer-objection",
                "au-abf": "au-importer-claim",
            },
            (
                N_("We contest that the goods infringe the right, and ask for their release."),
                N_("Our reasons:"),
            ),
            blank(N_("Reasons")),
            lists_evidence=True,
        ),
        Letter(
            "patent_release",
            N_("Application to release goods in a patent matter"),
            E,
            {GACC: "cn-gacc-counter-security"},
            (N_("We ask customs to release the goods on our security."),),
            counter_security,
            patents=True,
        ),
        Letter(
            "hearing",
            N_("Request for a hearing"),
            E,
            {GACC: "cn-gacc-hearing"},
            (N_("We ask for a hearing on the penalty that was announced."),),
        ),
        Letter(
            "reconsideration",
            N_("Application for administrative reconsideration"),
            E,
            {GACC: "cn-gacc-reconsider"},
            (N_("We ask the next higher customs to reconsider the decision named above."),),
            blank(N_("What is asked"), N_("Reasons")),
            lists_evidence=True,
        ),
        Letter(
            "petition",
            N_("Petition for relief from forfeiture"),
            E,
            {US: "us-cbp-petition"},
            (N_("We petition for relief from the forfeiture of the goods. Our reasons:"),),
            blank(N_("Reasons")),
            lists_evidence=True,
        ),
    )
}


def letters_for(detention: Detention) -> list[Letter]:
    """Return the letters a detention is answered with."""
    return [letter for letter in LETTERS.values() if letter.fits(detention)]
