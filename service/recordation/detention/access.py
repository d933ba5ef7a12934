"""Who may call what of detentions: the dependencies of its routes and pages."""

from typing import Annotated

from fastapi import Depends

from service.identity.permissions import Actor, Permission, require

Reader = Annotated[Actor, Depends(require(Permission.DETENTION_READ))]
Enterer = Annotated[Actor, Depends(require(Permission.DETENTION_ENTER))]
