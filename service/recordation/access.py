"""Who may call what of recordation: the dependencies of its routes and pages."""

from typing import Annotated

from fastapi import Depends

from service.identity.permissions import Actor, Permission, require

P = Permission
Reader = Annotated[Actor, Depends(require(P.RECORDATION_READ))]
Writer = Annotated[Actor, Depends(require(P.RECORDATION_WRITE))]
Filer = Annotated[Actor, Depends(require(P.FILING_FILE))]
Giver = Annotated[Actor, Depends(require(P.MANDATE_GIVE))]
LeadReader = Annotated[Actor, Depends(require(P.INTELLIGENCE_READ))]
LeadWriter = Annotated[Actor, Depends(require(P.INTELLIGENCE_WRITE))]
