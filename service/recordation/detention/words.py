"""What the timeline of a detention says."""

from service.cases.words import name_verbs
from service.core.text import N_

name_verbs(
    {
        "detention.paper": N_("A paper was served: {paper}."),
        "detention.changed": N_("The particulars of the goods were changed."),
        "detention.contact_added": N_("A contact was added."),
        "detention.asked": N_("A contact was asked."),
        "detention.answered": N_("A contact has answered."),
        "detention.inspection": N_("The goods can be inspected on {moment}."),
        "detention.cost": N_("A cost was entered: {kind}, {amount}."),
        "detention.cost_settled": N_("A cost was settled: {kind}, {amount}."),
        "detention.unanswered": N_("Customs waits for an answer: {hours} working hours are gone."),
        "detention.case_opened": N_("It became case {number}."),
    }
)
