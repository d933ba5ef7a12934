"""The public face of matching: prepare marks, compare two, search many one by one.

`Exhaustive` compares a query with every mark and stays in the code base as the oracle that the
index is held against.
"""

from service.matching.compare import AxisResult, Comparison, Degree, compare
from service.matching.exhaustive import Exhaustive, Found
from service.matching.explain import explain
from service.matching.forms import Sign
from service.matching.normalise import FORM_VERSION
from service.matching.prepared import Prepared, prepare
from service.matching.rulebook import FiredRule
from service.matching.weights import TokenWeights

VERSION = "marks-4"
"""Version of forms, kinds, costs and scores together; stored with every screening."""

__all__ = [
    "FORM_VERSION",
    "VERSION",
    "AxisResult",
    "Comparison",
    "Degree",
    "Exhaustive",
    "FiredRule",
    "Found",
    "Prepared",
    "Sign",
    "TokenWeights",
    "compare",
    "explain",
    "prepare",
]
