"""Who may call what of outreach."""

from typing import Annotated

from fastapi import Depends

from service.identity.permissions import Actor, Permission, require

Reader = Annotated[Actor, Depends(require(Permission.OUTREACH_READ))]
Writer = Annotated[Actor, Depends(require(Permission.OUTREACH_WRITE))]
