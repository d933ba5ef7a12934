"""Who comes to the pages and routes of the station."""

from typing import Annotated

from fastapi import Depends

from service.identity.permissions import Actor, Permission, require

Reader = Annotated[Actor, Depends(require(Permission.INTAKE_READ))]
Sender = Annotated[Actor, Depends(require(Permission.INTAKE_WRITE))]
Desk = Annotated[Actor, Depends(require(Permission.INTAKE_DESK))]
Decider = Annotated[Actor, Depends(require(Permission.CASE_ACCEPT))]
SEE_OTHER = 303
