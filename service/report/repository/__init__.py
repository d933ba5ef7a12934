"""All SQL of the report: what rows there are, which lie behind a figure, and who may open them."""

from service.report.repository.counting import Counts, Opened
from service.report.repository.issued import Issued
from service.report.repository.ledger import Ledger
from service.report.repository.reach import Reach

__all__ = ["Counts", "Issued", "Ledger", "Opened", "Reach"]
