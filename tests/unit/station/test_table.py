"""The table of an intake, source by event: what is not in it cannot be done."""

import pytest

from service.cases.errors import MoveNotAllowed
from service.identity.permissions import Permission
from service.rules.loader import library
from service.station.tables import INTAKE, PERIODS

DESK, DECIDE, SEND = Permission.INTAKE_DESK, Permission.CASE_ACCEPT, Permission.INTAKE_WRITE
EXPECTED = {
    "received": {
        "ask_papers": ("supplement", DESK),
        "accept": ("accepted", DECIDE),
        "turn_down": ("not_accepted", DECIDE),
        "pass_on": ("passed_on", DECIDE),
        "withdraw": ("withdrawn", SEND),
    },
    "supplement": {
        "complete": ("received", SEND),
        "accept": ("accepted", DECIDE),
        "turn_down": ("not_accepted", DECIDE),
        "pass_on": ("passed_on", DECIDE),
        "withdraw": ("withdrawn", SEND),
    },
    "accepted": {
        "answer": ("answered", DESK),
        "promote": ("promoted", DECIDE),
        "pass_on": ("passed_on", DECIDE),
        "close": ("closed", DECIDE),
        "withdraw": ("withdrawn", SEND),
    },
    "answered": {
        "promote": ("promoted", DECIDE),
        "pass_on": ("passed_on", DECIDE),
        "close": ("closed", DESK),
        "withdraw": ("withdrawn", SEND),
    },
    "promoted": {},
    "not_accepted": {"reopen": ("received", DECIDE)},
    "passed_on": {"reopen": ("received", DECIDE)},
    "withdrawn": {"reopen": ("received", DECIDE)},
    "closed": {"reopen": ("received", DECIDE)},
}
EVENTS = sorted({move.event for move in INTAKE.moves})


@pytest.mark.parametrize("source", INTAKE.states)
def test_from_each_state_just_these_steps(source: str) -> None:
    for event in EVENTS:
        if event in EXPECTED[source]:
            move = INTAKE.find(source, event)
            assert (move.target, move.permission) == EXPECTED[source][event]
        else:
            with pytest.raises(MoveNotAllowed):
                INTAKE.find(source, event)


def test_a_period_has_a_rule_or_is_said_to_be_not_researched() -> None:
    assert all(library().find(rule) for _, rule in PERIODS.values() if rule)
    assert [key for key, (_, rule) in PERIODS.items() if not rule] == ["accept", "supplement"]
