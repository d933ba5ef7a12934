"""What the timelines of cases say besides the steps of the tables."""

from service.cases.words import name_verbs
from service.core.text import N_

name_verbs(
    {
        "track.opened": N_("A track was opened: {kind}."),
        "track.changed": N_("The data of a track were changed."),
        "party.added": N_("A party was named."),
        "case.changed": N_("What the case is about was entered anew."),
        "case.outcome": N_("The outcome was entered."),
        "mediation.recorded": N_("The record of a meeting was written."),
        "mediation.proposed": N_("A confidential proposal was noted."),
        "mediation.agreement_written": N_("The agreement was written."),
        "paper.made": N_("“{paper}” was made, version {number}."),
        "paper.signed": N_("A signature on “{paper}” was noted, version {number}."),
        "volume.bound": N_("The volume was bound: {count} papers."),
        "mediation.signed": N_("A party signed the agreement."),
    }
)
