"""Who comes to the report."""

from typing import Annotated

from fastapi import Depends

from service.identity.permissions import Actor, Permission, require

Reader = Annotated[Actor, Depends(require(Permission.REPORT_READ))]
Issuer = Annotated[Actor, Depends(require(Permission.REPORT_ISSUE))]
