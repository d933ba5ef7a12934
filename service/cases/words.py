"""What the verbs of timelines say. A module adds its own when it is imported."""

from collections.abc import Mapping

from service.core.text import N_

VERBS: dict[str, str] = {
    "thread.opened": N_("The matter was opened."),
    "thread.closed": N_("The matter was closed."),
    "thread.reopened": N_("The matter was opened again."),
    "thread.handed": N_("The matter was handed to {organisation}."),
    "thread.assigned": N_("{person} took over the matter."),
    "thread.shared": N_("{grantee} was let in."),
    "thread.unshared": N_("{grantee} was let out."),
    "note.added": N_("Note"),
    "deadline.opened": N_("A clock was started: {title}, due {due}."),
    "deadline.without_date": N_("A clock was started without a date: {title}."),
    "deadline.moved": N_("A date has moved: {title}, from {before} to {due}."),
    "deadline.reckoned": N_("A date was reckoned again and stays: {title}, {due}."),
    "deadline.confirmed": N_("A date was confirmed by a person: {title}, {due}."),
    "deadline.fixed": N_("A date was fixed by hand: {title}, from {before} to {due}."),
    "deadline.paused": N_("A clock was stopped: {title}."),
    "deadline.resumed": N_("A clock runs again: {title}, due {due}."),
    "deadline.extended": N_("A date was extended: {title}, from {before} to {due}."),
    "deadline.met": N_("Met: {title}."),
    "deadline.met_late": N_("Done after the date was missed: {title}, due {due}."),
    "deadline.waived": N_("No longer needed: {title}."),
    "deadline.warned": N_("Reminder: {title}, due {due}."),
    "deadline.escalated": N_("The lead was told: {title}, due {due}."),
    "deadline.missed": N_("MISSED: {title}, due {due}."),
    "evidence.added": N_("Evidence {number} was taken in."),
    "evidence.sealed": N_("Evidence {number} was sealed."),
    "evidence.exported": N_("Evidence was exported: {count} pieces."),
    "evidence.export_checked": N_("An export abroad was checked."),
}


def name_verbs(more: Mapping[str, str]) -> None:
    """Add a module's verbs (`thing.happened` → message id); a verb has one sentence only."""
    for verb, sentence in more.items():
        if VERBS.setdefault(verb, sentence) != sentence:
            raise ValueError(f"the verb {verb} says something else already")
