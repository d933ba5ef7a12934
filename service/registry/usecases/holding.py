"""Products, rights, papers and files: adding, changing, archiving, sharing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import audit, clock
from service.core.errors import FieldError, Invalid, NotFound
from service.core.files import Stored
from service.core.text import N_
from service.identity.models import Organisation
from service.identity.permissions import Actor, Permission
from service.registry.documents import PAPERS
from service.registry.domain import DocumentKind, RightKind
from service.registry.holdings import Products, Rights, StoredFiles, share
from service.registry.models import Document, Product, ProductPicture, Right, StoredFile
from service.registry.problems import ContentOfSecret, SkuTaken


def add_product(
    session: Session, actor: Actor, values: dict[str, Any], pictures: Sequence[UUID] = ()
) -> Product:
    """Add a product of the actor's organisation.

    Raises:
        SkuTaken: Another product of the organisation has the SKU.
        NotFound: A picture is not a file of the organisation.
    """
    actor.need(Permission.PRODUCT_WRITE)
    now = clock.now()
    product = Product(
        **values,
        organisation_id=_organisation(actor),
        created_at=now,
        updated_at=now,
        archived_at=None,
    )
    _check_sku(session, product)
    Products(session, actor).add(product)
    _set_pictures(session, actor, product, pictures)
    _told(session, actor, "product.added", "product", product.id)
    return product


def change_product(
    session: Session,
    actor: Actor,
    product: Product,
    values: dict[str, Any],
    pictures: Sequence[UUID] | None = None,
) -> Product:
    """Change a product; `pictures` None leaves them as they are."""
    actor.need(Permission.PRODUCT_WRITE)
    for name, value in values.items():
        setattr(product, name, value)
    product.updated_at = clock.now()
    _check_sku(session, product)
    session.flush()
    if pictures is not None:
        _set_pictures(session, actor, product, pictures)
    _told(session, actor, "product.changed", "product", product.id)
    return product


def archive_product(session: Session, actor: Actor, product: Product) -> None:
    """Take a product out of the lists; screenings of it stay readable."""
    actor.need(Permission.PRODUCT_WRITE)
    product.archived_at = product.updated_at = clock.now()
    session.flush()
    _told(session, actor, "product.archived", "product", product.id)


def share_product(session: Session, actor: Actor, product_id: UUID, with_id: UUID) -> None:
    """Show a product to a station or another organisation."""
    actor.need(Permission.PRODUCT_WRITE)
    product = Products(session, actor).own(product_id)
    if session.get(Organisation, with_id) is None:
        raise NotFound(N_("There is no such organisation."))
    share(session, actor, Products.kind, product.id, with_id)
    _told(session, actor, "product.shared", "product", product.id, with_id=str(with_id))


def add_right(session: Session, actor: Actor, values: dict[str, Any]) -> Right:
    """Add a right of the actor's organisation, from the fields of its paper."""
    actor.need(Permission.RIGHT_WRITE)
    now = clock.now()
    right = Right(
        **values,
        organisation_id=_organisation(actor),
        created_at=now,
        updated_at=now,
        archived_at=None,
    )
    Rights(session, actor).add(right)
    _told(session, actor, "right.added", "right", right.id, of=right.kind.value)
    return right


def change_right(session: Session, actor: Actor, right: Right, values: dict[str, Any]) -> Right:
    """Change the fields of a right."""
    actor.need(Permission.RIGHT_WRITE)
    for name, value in values.items():
        setattr(right, name, value)
    right.updated_at = clock.now()
    session.flush()
    _told(session, actor, "right.changed", "right", right.id)
    return right


def add_document(
    session: Session,
    actor: Actor,
    right_id: UUID,
    *,
    kind: DocumentKind,
    file_id: UUID,
    values: dict[str, Any],
) -> Document:
    """Keep a paper beside a right.

    Raises:
        ContentOfSecret: The right is a trade secret, of which no content is kept.
        Invalid: A paper of this kind does not belong to such a right.
    """
    actor.need(Permission.RIGHT_WRITE)
    right = Rights(session, actor).own(right_id)
    if right.kind is RightKind.TRADE_SECRET:
        raise ContentOfSecret(
            N_("Of a trade secret only its metadata is kept here, never a file."),
            errors=[FieldError("file_id", N_("Keep the file where the secret is guarded."))],
        )
    if right.kind not in PAPERS[kind].rights:
        detail = N_("Such a paper does not belong to a right of this kind.")
        raise Invalid(detail, errors=[FieldError("kind", detail)])
    file = StoredFiles(session, actor).own(file_id)
    document = Document(
        organisation_id=right.organisation_id,
        right_id=right.id,
        kind=kind,
        file_id=file.id,
        added_at=clock.now(),
        **values,
    )
    session.add(document)
    session.flush()
    _told(session, actor, "right.document-added", "right", right.id, paper=kind.value)
    return document


def note_file(
    session: Session, actor: Actor, stored: Stored, *, name: str, media_type: str
) -> StoredFile:
    """Note a file whose content is in the store already."""
    row = StoredFile(
        organisation_id=_organisation(actor),
        sha256=stored.sha256,
        size=stored.size,
        media_type=media_type,
        name=name[:200],
        actor_id=actor.person_id,
        stored_at=clock.now(),
    )
    return StoredFiles(session, actor).add(row)


def _organisation(actor: Actor) -> UUID:
    if actor.organisation_id is None:
        raise Invalid(N_("Say for which organisation."))
    return actor.organisation_id


def _check_sku(session: Session, product: Product) -> None:
    with session.no_autoflush:
        found = session.scalars(
            sa.select(Product.id).where(
                Product.organisation_id == product.organisation_id,
                Product.sku == product.sku,
                Product.archived_at.is_(None),
            )
        ).all()
        taken = any(other != product.id for other in found)
    if taken:
        raise SkuTaken(
            N_("Another product has the SKU {sku}."),
            sku=product.sku,
            errors=[FieldError("sku", N_("Choose another SKU, or change the other product."))],
        )


def _set_pictures(
    session: Session, actor: Actor, product: Product, pictures: Sequence[UUID]
) -> None:
    session.execute(sa.delete(ProductPicture).where(ProductPicture.product_id == product.id))
    files = StoredFiles(session, actor)
    for position, file_id in enumerate(dict.fromkeys(pictures)):
        files.own(file_id)
        session.add(ProductPicture(product_id=product.id, file_id=file_id, position=position))
    session.flush()


def _told(
    session: Session, actor: Actor, verb: str, kind: str, thing_id: UUID, **detail: str
) -> None:
    audit.record(
        session,
        verb,
        subject=(kind, thing_id),
        actor_id=actor.person_id,
        organisation_id=actor.organisation_id,
        **detail,
    )
