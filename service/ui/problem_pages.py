"""The pages `/problems` and `/problems/CODE` that the `type` of every problem leads to.

They are open to everybody: an error must be readable before one has signed in.
"""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from service.core.errors import MEDIA_TYPE, NotFound, every_problem
from service.core.text import N_
from service.ui.problem_ways import WAYS_OUT
from service.ui.render import page

router = APIRouter(include_in_schema=False)


def told() -> list[str]:
    """Return the codes this process can answer with, in order."""
    return sorted(WAYS_OUT.keys() & every_problem().keys())


@router.get("/problems")
def problems_page(request: Request) -> Response:
    """List every problem code with its status, title and way out."""
    kinds = every_problem()
    rows = [(code, kinds[code].status.value, kinds[code].title, WAYS_OUT[code]) for code in told()]
    return page(request, "problems/list.html", rows=rows)


@router.get("/problems/{code}")
def problem_page(request: Request, code: str) -> Response:
    """Explain one problem in both languages."""
    if code not in told():
        raise NotFound(N_("There is no such problem code."))
    kind, way_out = every_problem()[code], WAYS_OUT[code]
    return page(request, "problems/problem.html", kind=kind, way_out=way_out, media=MEDIA_TYPE)
