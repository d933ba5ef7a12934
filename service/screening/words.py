"""What decisions, and customs on the way, are called on pages: message ids."""

from collections.abc import Mapping

from service.core.text import N_
from service.matching.meaning import Strength
from service.rules.markets.routes import Passage
from service.screening.domain import (
    AlertStage,
    Closeness,
    DecisionKind,
    DecisionScope,
    DecisionState,
    DetentionRisk,
    Equivalence,
    Listing,
    PaperKind,
    Relation,
    Reopening,
)
from service.ui.tags import Shape, Tag, Tone

DECISION_WORDS: Mapping[DecisionKind, str] = {
    DecisionKind.CONFIRMED: N_("Conflict confirmed"),
    DecisionKind.DISMISSED: N_("Dismissed"),
    DecisionKind.NEEDS_EVIDENCE: N_("Needs evidence"),
    DecisionKind.CONSENT_HELD: N_("Consent of the owner held"),
    DecisionKind.LICENCE_HELD: N_("Licence held"),
}
EQUIVALENCE_WORDS: Mapping[Equivalence, str] = {
    Equivalence.TRANSLATION: N_("Translation"),
    Equivalence.TRANSLITERATION: N_("Transliteration"),
    Equivalence.NAME: N_("The owner's own other name"),
}
STRENGTH_WORDS: Mapping[Strength, str] = {
    Strength.STRONG: N_("Affirmed by an office or a court"),
    Strength.MEDIUM: N_("Published by the owner, or decided both ways"),
    Strength.WEAK: N_("Used, but contested"),
    Strength.DENIED: N_("Denied by an office or a court"),
}
SCOPE_WORDS: Mapping[DecisionScope, str] = {
    DecisionScope.MARKET: N_("This pair, in one market"),
    DecisionScope.PAIR: N_("This name and this mark"),
    DecisionScope.OWNER: N_("This name and every mark of this owner"),
}
STATE_WORDS: Mapping[DecisionState, str] = {
    DecisionState.STANDING: N_("stands"),
    DecisionState.REOPENED: N_("open again"),
    DecisionState.WITHDRAWN: N_("withdrawn"),
    DecisionState.REPLACED: N_("replaced"),
}
REOPENING_WORDS: Mapping[Reopening, str] = {
    Reopening.EXPIRED: N_("The decision has expired."),
    Reopening.MARK: N_("The words of the mark have changed."),
    Reopening.STATUS: N_("The status of the mark has changed."),
    Reopening.OWNER: N_("The owner of the mark has changed."),
    Reopening.GOODS: N_("The mark covers further classes."),
    Reopening.RULES: N_("Under the present rules the verdict is worse."),
    Reopening.ENGINE: N_("By the present engine the verdict is worse."),
    Reopening.VERDICT: N_("For these goods the verdict is worse."),
}
RELATION_WORDS: Mapping[Relation, str] = {
    Relation.SAME_OWNER: N_("The owner bears the name of your organisation: get the proof."),
    Relation.AUTHORISED_USER: N_(
        "Your organisation is recorded with customs as an authorised user: get the paper."
    ),
}
PAPER_WORDS: Mapping[PaperKind, str] = {
    PaperKind.PROOF_OF_OWNER: N_("Proof that the owner of the mark is your organisation"),
    PaperKind.AUTHORISATION: N_("Authorisation by which customs know you as a user"),
    PaperKind.CONSENT: N_("Letter of consent of the owner"),
    PaperKind.LICENCE: N_("Licence agreement"),
    PaperKind.EVIDENCE: N_("Evidence for the decision"),
}
STAGE_WORDS: Mapping[AlertStage, str] = {
    AlertStage.FILED: N_("application"),
    AlertStage.PUBLISHED: N_("published application"),
    AlertStage.REGISTERED: N_("registered mark"),
}

CLOSENESS_TAGS: Mapping[Closeness, Tag] = {
    Closeness.HIGH: Tag(N_("Very alike"), Tone.ALARM, Shape.TRIANGLE),
    Closeness.MEDIUM: Tag(N_("Alike"), Tone.WARN, Shape.DIAMOND),
    Closeness.LOW: Tag(N_("Somewhat alike"), Tone.NOTICE, Shape.DISC),
    Closeness.NONE: Tag(N_("Hardly alike"), Tone.NEUTRAL, Shape.RING),
}
RISKS: Mapping[DetentionRisk, Tag] = {
    DetentionRisk.LIKELY: Tag(N_("Detention likely"), Tone.STOP, Shape.SQUARE),
    DetentionRisk.POSSIBLE: Tag(N_("Detention possible"), Tone.WARN, Shape.DIAMOND),
    DetentionRisk.LISTED: Tag(N_("Recorded, you are on the list"), Tone.NOTICE, Shape.DISC),
    DetentionRisk.NONE_KNOWN: Tag(N_("None known from loaded lists"), Tone.NEUTRAL, Shape.HALF),
    DetentionRisk.NOT_SEARCHED: Tag(N_("Not searched"), Tone.NEUTRAL, Shape.RING),
}
PASSAGES: Mapping[Passage, str] = {
    Passage.STARTS: N_("goods leave"),
    Passage.CROSSES: N_("goods cross"),
    Passage.ENDS: N_("goods arrive"),
}
LISTINGS: Mapping[Listing, str] = {
    Listing.OWNER: N_("You are the holder"),
    Listing.LISTED: N_("Yes"),
    Listing.NOT_LISTED: N_("No"),
}
