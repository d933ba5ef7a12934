"""What the timelines of intakes say besides the steps of the table."""

from service.cases.words import name_verbs
from service.core.text import N_

name_verbs(
    {
        "intake.received": N_("Taken in under the number {number}."),
        "intake.changed": N_("The data of the intake were changed."),
        "intake.checked": N_("Duplicates and conflicts were checked: {count} found."),
        "intake.cleared": N_("What the check found was cleared by a person."),
        "intake.promoted": N_("The intake {number} became the case {case}."),
        "intake.consulted": N_("An answer was written."),
        "intake.mail_read": N_("A message was read: {count} proposals."),
        "intake.finding_confirmed": N_("Read from the message and confirmed: {value}."),
        "intake.finding_dismissed": N_("Read from the message and dismissed."),
        "follow_up.made": N_("{name} was asked afterwards how it went."),
        "guidance.written": N_("The bureau left a note."),
        "guidance.read": N_("The note of the bureau was read."),
        "guidance.replied": N_("The note of the bureau was answered."),
        "station.passed_up": N_("Passed up to {organisation}."),
        "station.passed_down": N_("Passed down to {organisation}."),
    }
)
