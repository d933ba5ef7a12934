"""All SQL of threads, their entries and clocks, behind the filter of `cases.sight`."""

from service.cases.repository.clocks import LEADS, Clocks, Feeds, Years
from service.cases.repository.threads import Deadlines, Rows, Threads, Timeline

__all__ = ["LEADS", "Clocks", "Deadlines", "Feeds", "Rows", "Threads", "Timeline", "Years"]
