"""The problems of the rule library. Every one names the way out."""

from service.core.errors import Conflict, Invalid, NotFound
from service.core.text import N_


class RuleUnknown(NotFound):
    """No rule has this id; `rule` is what was asked for."""

    code = "rule-unknown"
    title = N_("No such rule")


class NotResearched(NotFound):
    """The law for this rule, place or date has not been read, so there is no date to give."""

    code = "rule-not-researched"
    title = N_("Not researched")


class JurisdictionUnknown(NotFound):
    """The library holds nothing for this country or body; `known` lists what it holds."""

    code = "rule-jurisdiction-unknown"
    title = N_("Not researched")


class RuleHasNoPeriod(Invalid):
    """The rule states something, but has nothing to count; `reason` says why it was left out."""

    code = "rule-has-no-period"
    title = N_("This rule has no period to count")


class RuleDoesNotApply(Conflict):
    """The facts of the case rule this rule out; `instead` names the one to ask, where there is."""

    code = "rule-does-not-apply"
    title = N_("This rule does not apply here")


class FactNeeded(Invalid):
    """The date depends on a fact that was not given; `fact` and `allowed` say which."""

    code = "rule-fact-needed"
    title = N_("One more fact is needed")


class FactRefused(Invalid):
    """A fact has an unknown name or a value outside its list."""

    code = "rule-fact-refused"
    title = N_("A fact was not understood")


class DateBeforeTrigger(Invalid):
    """A date that limits the period lies before the day the period starts from."""

    code = "rule-date-before-trigger"
    title = N_("A date lies before its trigger")


class RuleDataRefused(Invalid):
    """A rule file says something the loader does not understand; `file` and `rule` say where."""

    code = "rule-data-refused"
    title = N_("A rule file was refused")
