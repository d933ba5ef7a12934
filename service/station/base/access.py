"""Who comes to the pages and routes of the base."""

from typing import Annotated

from fastapi import Depends

from service.identity.permissions import Actor, Permission, require

Reader = Annotated[Actor, Depends(require(Permission.BASE_READ))]
Writer = Annotated[Actor, Depends(require(Permission.BASE_WRITE))]
Joiner = Annotated[Actor, Depends(require(Permission.BASE_JOIN))]
Consenter = Annotated[Actor, Depends(require(Permission.BASE_CONSENT))]
