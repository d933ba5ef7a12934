"""Who comes to the pages and routes of the station."""

from typing import Annotated

from fastapi import Depends

from service.identity.permissions import Actor, Permission, require

Reader = Annotated[Actor, Depends(require(Permission.INTAKE_READ))]
Sender = Annotated[Actor, Depends(require(Permission.INTAKE_WRITE))]
Desk = Annotated[Actor, Depends(require(Permission.INTAKE_DESK))]
Decider = Annotated[Actor, Depends(require(Permission.CASE_ACCEPT))]
CaseReader = Annotated[Actor, Depends(require(Permission.CASE_READ))]
Referrer = Annotated[Actor, Depends(require(Permission.CASE_REFER))]
StationReader = Annotated[Actor, Depends(require(Permission.STATION_READ))]
NoteReader = StationReader
"""What the bureau advises is between it and the station; an auditor reads it."""
Manager = Annotated[Actor, Depends(require(Permission.STATION_MANAGE))]
Guide = Annotated[Actor, Depends(require(Permission.GUIDANCE_WRITE))]
SEE_OTHER = 303
