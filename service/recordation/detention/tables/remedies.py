"""The exporter's side from the finding on: penalty, hearing, reconsideration, suit."""

from service.cases.moves import Move, each
from service.core.text import N_
from service.identity.permissions import Permission
from service.recordation.detention.clocks import starts as starts_of
from service.recordation.detention.domain import Side
from service.recordation.detention.tables.states import COURT, INVESTIGATION

ENTER, ACT = Permission.DETENTION_ENTER, Permission.DETENTION_ACT
E = Side.EXPORTER
HELD = ("detained", "contested")

REMEDIES: tuple[Move, ...] = (
    *each(
        ("entered", *HELD, "security_offered"),
        "find_infringing",
        "infringing",
        ENTER,
        N_("Customs finds an infringement"),
        ("in_china",),
        stops=INVESTIGATION,
        drops=COURT,
    ),
    *each(
        ("entered", *HELD, "security_offered"),
        "find_not",
        "cleared",
        ENTER,
        N_("Customs finds no infringement"),
        ("in_china",),
        stops=INVESTIGATION,
        drops=COURT,
    ),
    *each(
        ("entered", *HELD, "security_offered"),
        "find_unknown",
        "undetermined",
        ENTER,
        N_("Customs cannot determine it"),
        ("in_china",),
        stops=INVESTIGATION,
    ),
    *each(
        (*HELD, "undetermined", "suing"),
        "court_holds",
        "in_court",
        ENTER,
        N_("Customs has received the court's notice"),
        stops=COURT,
        drops=INVESTIGATION,
    ),
    *each(
        ("suing", "in_court"),
        "lose",
        "infringing",
        ENTER,
        N_("The court finds an infringement"),
    ),
    *each(("suing", "in_court"), "win", "cleared", ENTER, N_("The court finds none")),
    *each(
        ("entered", "infringing"),
        "announce_penalty",
        "penalty_notified",
        ENTER,
        N_("Customs announces a penalty"),
        ("in_china",),
        starts=starts_of(E, "announce_penalty"),
    ),
    Move(
        "penalty_notified",
        "ask_hearing",
        "hearing",
        ACT,
        N_("Ask for a hearing"),
        ("proof",),
        stops=("cn-gacc-hearing",),
    ),
    *each(
        ("entered", "infringing", "penalty_notified", "hearing"),
        "penalise",
        "penalised",
        ENTER,
        N_("Customs imposes the penalty"),
        ("in_china",),
        starts=starts_of(E, "penalise"),
        drops=("cn-gacc-hearing",),
    ),
    Move(
        "penalised",
        "pay_fine",
        "penalised",
        ACT,
        N_("The fine is paid"),
        ("fine_paid",),
        stops=("cn-gacc-fine-due",),
    ),
    *each(
        (*HELD, "penalised"),
        "reconsider",
        "reconsidering",
        ACT,
        N_("Apply to the next higher customs for reconsideration"),
        ("in_china", "proof"),
        stops=("cn-gacc-reconsider",),
        drops=("cn-adm-suit-direct",),
    ),
    Move(
        "reconsidering",
        "reconsidered",
        "reconsidered",
        ENTER,
        N_("The reconsideration is decided"),
        starts=starts_of(E, "reconsidered"),
    ),
    *each(
        ("penalised", "reconsidered"),
        "sue",
        "before_court",
        ACT,
        N_("Bring the administrative suit"),
        ("proof",),
        stops=("cn-adm-suit-direct", "cn-adm-suit-after"),
        drops=("cn-gacc-reconsider",),
    ),
    *each(
        ("reconsidered", "before_court"),
        "annul",
        "cleared",
        ENTER,
        N_("The decision was annulled"),
        drops=("*",),
    ),
)
