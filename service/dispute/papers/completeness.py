"""Which papers the volume of a case asks for, and which of them are not there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.dispute.models import CasePaper, DisputeCase, Track
from service.dispute.papers.kinds import PaperKind, paper_kinds


@dataclass(frozen=True, slots=True)
class Lacking:
    """A paper that is asked for and not there; `track` None: of the case as a whole."""

    kind: PaperKind
    track: Track | None


def lacking(
    case: DisputeCase, tracks: Sequence[Track], papers: Iterable[CasePaper]
) -> list[Lacking]:
    """Return the papers that are missing; one of a slot does for all of it."""
    made = {(paper.part_id, slot_of(paper_kinds()[paper.kind])) for paper in papers}
    return [
        Lacking(kind, track)
        for track in (None, *tracks)
        for kind in paper_kinds().values()
        if kind.needed_for(track, case.service_line)
        and (track.id if track else case.id, slot_of(kind)) not in made
    ]


def slot_of(kind: PaperKind) -> str:
    """Return what a paper stands for: its slot, or itself."""
    return kind.slot or kind.key
