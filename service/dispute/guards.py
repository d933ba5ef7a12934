"""The guards of all tables: named functions that return what is missing, with the way to it."""

from collections.abc import Mapping

from service.cases.domain import Status
from service.cases.moves import Guard, Missing, Step
from service.cases.repository import Clocks
from service.core.text import N_
from service.dispute.domain import DisputeKind, GoodsOutcome, MediationKind, PartyRole, RightKind
from service.dispute.papers.completeness import lacking
from service.dispute.repository import Kept, parties_of
from service.dispute.repository_papers import made_in


def _here(step: Step, anchor: str) -> str:
    return f"/cases/{step.thread.id}/tracks/{step.thing.id}#{anchor}"


def respondent_named(step: Step) -> Missing | None:
    """Ask for a respondent."""
    roles = {party.role for party in parties_of(step.session, step.thread.id)}
    if PartyRole.RESPONDENT in roles:
        return None
    return Missing(N_("Name the respondent."), f"/cases/{step.thread.id}#parties")


def respondent_consents(step: Step) -> Missing | None:
    """Ask for the respondent's consent: nobody is mediated against their will."""
    if step.thing.detail.get("respondent_consents") == "yes":
        return None
    return Missing(N_("Record that the respondent agrees to mediation."), _here(step, "detail"))


def mediator_named(step: Step) -> Missing | None:
    """Ask who mediates."""
    if step.thing.detail.get("mediator"):
        return None
    return Missing(N_("Name the mediator."), _here(step, "detail"))


def damages_only(step: Step) -> Missing | None:
    """Hold an administrative mediation of a trademark dispute to the amount of damages.

    Source: rule `cn-med-admin-tm`; of other rights no such limit is researched.
    """
    detail = step.thing.detail
    if detail.get("mediation_kind") != MediationKind.ADMINISTRATIVE:
        return None
    if Kept(step.session).case(step.thread.id).right_kind is not RightKind.TRADEMARK:
        return None
    if detail.get("damages_only") == "yes":
        return None
    return Missing(
        N_("The bureau mediates the amount of damages only: record that this is all it is about."),
        _here(step, "detail"),
    )


def session_set(step: Step) -> Missing | None:
    """Ask for a meeting."""
    if Kept(step.session).sessions(step.thing.id):
        return None
    return Missing(N_("Set a meeting."), _here(step, "sessions"))


def session_held(step: Step) -> Missing | None:
    """Ask for the record of a meeting that was held."""
    if any(one.held and one.record for one in Kept(step.session).sessions(step.thing.id)):
        return None
    return Missing(N_("Write the record of the meeting."), _here(step, "sessions"))


def agreement_written(step: Step) -> Missing | None:
    """Ask for the agreement, or the entry of an oral one."""
    if Kept(step.session).agreement(step.thing.id):
        return None
    return Missing(N_("Write the agreement."), _here(step, "agreement"))


def agreement_signed(step: Step) -> Missing | None:
    """Ask for both sides' signatures; an oral agreement needs none."""
    agreement = Kept(step.session).agreement(step.thing.id)
    if agreement is None or agreement.oral:
        return None
    signed = set(agreement.signatures)
    missing = sum(
        party.role is not PartyRole.THIRD and str(party.id) not in signed
        for party in parties_of(step.session, step.thread.id)
    )
    if not missing:
        return None
    return Missing(
        N_("Signatures are missing: {count}."), _here(step, "agreement"), {"count": missing}
    )


def not_about_ownership(step: Step) -> Missing | None:
    """Keep what concerns who owns an IP right, or whether it is valid, from confirmation."""
    owned = step.thing.detail.get("about_ownership") == "yes"
    kind = Kept(step.session).case(step.thread.id).dispute_kind
    if not owned and kind is not DisputeKind.OWNERSHIP:
        return None
    return Missing(
        N_("A court confirms no agreement on who owns an IP right or whether it is valid."),
        _here(step, "detail"),
    )


def organisation_proved(step: Step) -> Missing | None:
    """Ask for the paper that a mediation organisation mediated."""
    if Kept(step.session).has_evidence(step.thread.id, step.thing.id):
        return None
    return Missing(
        N_("Attach the proof that the organisation mediated, as evidence of this track."),
        _here(step, "evidence"),
    )


def court_named(step: Step) -> Missing | None:
    """Ask for the competent court."""
    if step.thing.detail.get("court"):
        return None
    return Missing(N_("Name the competent court."), _here(step, "detail"))


def confirmation_in_time(step: Step) -> Missing | None:
    """Stop where the time for a joint request is over."""
    for clock in Clocks(step.session).of_part(step.thread.id, step.thing.id):
        if clock.rule_id == "cn-med-confirm" and clock.status is Status.MISSED:
            return Missing(
                N_("The time for a joint request to the court is over."), f"/deadlines/{clock.id}"
            )
    return None


def performance_proved(step: Step) -> Missing | None:
    """Ask for proof of performance."""
    if Kept(step.session).has_evidence(step.thread.id, step.thing.id):
        return None
    return Missing(N_("Attach the proof of performance."), _here(step, "evidence"))


def evidence_ready(step: Step) -> Missing | None:
    """Ask for at least one piece of evidence in the case."""
    if Kept(step.session).has_evidence(step.thread.id):
        return None
    return Missing(N_("Add evidence first."), f"/cases/{step.thread.id}#evidence")


def number_given(step: Step) -> Missing | None:
    """Ask for the outside body's number: nothing counts as filed without its receipt."""
    if step.thing.number:
        return None
    return Missing(N_("Enter the number the body gave it."), _here(step, "detail"))


def body_named(step: Step) -> Missing | None:
    """Ask for the body that handles the track."""
    if step.thing.body_name or step.thing.body_id:
        return None
    return Missing(N_("Name the body that handles it."), _here(step, "detail"))


def agreement_checked(step: Step) -> Missing | None:
    """Ask whether there is an agreement to arbitrate."""
    if step.thing.detail.get("arbitration_agreement") == "yes":
        return None
    return Missing(N_("Check the agreement to arbitrate."), _here(step, "detail"))


def outcome_given(step: Step) -> Missing | None:
    """Ask how the case ended, and what became of goods that were held."""
    ending = f"/cases/{step.thread.id}#ending"
    if step.thing.outcome is None:
        return Missing(N_("Say how the case ended."), ending)
    if step.thing.goods_outcome is GoodsOutcome.HELD:
        return Missing(N_("Say what became of the goods that were held."), ending)
    return None


def tracks_ended(step: Step) -> Missing | None:
    """Ask that every track has come to its end."""
    if not (running := Kept(step.session).running(step.thread.id)):
        return None
    return Missing(
        N_("Tracks still run: {count}."),
        f"/cases/{step.thread.id}#tracks",
        {"count": len(running)},
    )


def clocks_settled(step: Step) -> Missing | None:
    """Ask that no clock runs and no missed fatal deadline stands without what was done about it."""
    open_ = Kept(step.session).unsettled(step.thread.id)
    if not open_:
        return None
    return Missing(
        N_("Deadlines are not settled: {count}."),
        f"/deadlines/{open_[0].id}",
        {"count": len(open_)},
    )


def papers_complete(step: Step) -> Missing | None:
    """Ask for the papers the volume of the case is to hold."""
    kept, thread = Kept(step.session), step.thread
    made = made_in(step.session, thread.id)
    missing = lacking(step.thing, kept.tracks(thread.id), made)
    if not missing:
        return None
    return Missing(
        N_("Papers are missing from the volume: {count}."),
        f"/cases/{thread.id}/volume",
        {"count": len(missing)},
    )


GUARDS: Mapping[str, Guard] = {
    guard.__name__: guard
    for guard in (
        respondent_named,
        respondent_consents,
        mediator_named,
        damages_only,
        session_set,
        session_held,
        agreement_written,
        agreement_signed,
        not_about_ownership,
        organisation_proved,
        court_named,
        confirmation_in_time,
        performance_proved,
        evidence_ready,
        number_given,
        body_named,
        agreement_checked,
        outcome_given,
        tracks_ended,
        clocks_settled,
        papers_complete,
    )
}
