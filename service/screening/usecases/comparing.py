"""Two marks compared without any register: for disputes, for teaching, for tests."""

from service.core.errors import FieldError
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.matching.engine import VERSION, Prepared, Sign, compare, explain, prepare
from service.screening.errors import NoName
from service.screening.hits import axes_out, rules_out
from service.screening.schemas import Both, CompareIn, CompareOut


def compare_marks(actor: Actor, asked: CompareIn) -> CompareOut:
    """Compare two marks on the three axes.

    Raises:
        PermissionDenied: the actor screens nothing.
        NoName: nothing in one of them can be compared.
    """
    actor.need(Permission.SCREENING_RUN)
    found = compare(read_mark(asked.a, "a"), read_mark(asked.b, "b"))
    return CompareOut(
        a=asked.a,
        b=asked.b,
        similarity=found.similarity,
        axes=axes_out(found),
        rules=rules_out(found.rules),
        counter_evidence=rules_out(found.counter),
        weak_only=found.weak_only,
        explanation=Both(**explain(found)),
        engine=VERSION,
    )


def read_mark(text: str, field: str) -> Prepared:
    """Return a mark prepared; raise `NoName` at the field where nothing in it can be compared."""
    prepared = prepare(Sign(text))
    if prepared.empty:
        detail = N_("Nothing in “{name}” can be compared: enter letters, digits or characters.")
        values: dict[str, object] = {"name": text[:40]}
        raise NoName(detail, name=text[:40], errors=[FieldError(field, detail, values)])
    return prepared
