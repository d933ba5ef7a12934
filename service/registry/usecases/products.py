"""Products: adding, changing, archiving, pictures."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.registry.holdings import Products, StoredFiles
from service.registry.models import Product, ProductPicture
from service.registry.problems import SkuTaken
from service.registry.uploads import PICTURES

MOST_PICTURES = 20


def add_product(
    session: Session, actor: Actor, values: dict[str, Any], pictures: Sequence[UUID] = ()
) -> Product:
    """Add a product of the actor's organisation.

    Raises:
        SkuTaken: Another product of the organisation has the SKU.
        NotFound: A picture is not a file of the organisation.
    """
    actor.need(Permission.PRODUCT_WRITE)
    products, now = Products(session, actor), clock.now()
    product = Product(
        **values,
        organisation_id=products.mine,
        created_at=now,
        updated_at=now,
        archived_at=None,
    )
    _check_sku(session, product)
    products.add(product)
    _set_pictures(session, actor, product, pictures)
    note(session, actor, "product.added", ("product", product.id))
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
    note(session, actor, "product.changed", ("product", product.id))
    return product


def archive_product(session: Session, actor: Actor, product: Product) -> None:
    """Take a product out of the lists; screenings of it stay readable."""
    actor.need(Permission.PRODUCT_WRITE)
    product.archived_at = product.updated_at = clock.now()
    session.flush()
    note(session, actor, "product.archived", ("product", product.id))


def add_picture(session: Session, actor: Actor, product: Product, file_id: UUID) -> None:
    """Put a picture behind those a product has."""
    _change_pictures(session, actor, product, [*_pictures(session, actor, product), file_id])


def remove_picture(session: Session, actor: Actor, product: Product, file_id: UUID) -> None:
    """Take a picture off a product; one that it does not have is no error."""
    left = [one for one in _pictures(session, actor, product) if one != file_id]
    _change_pictures(session, actor, product, left)


def _pictures(session: Session, actor: Actor, product: Product) -> list[UUID]:
    return Products(session, actor).pictures([product.id]).get(product.id, [])


def _change_pictures(
    session: Session, actor: Actor, product: Product, pictures: Sequence[UUID]
) -> None:
    actor.need(Permission.PRODUCT_WRITE)
    product.updated_at = clock.now()
    session.flush()
    _set_pictures(session, actor, product, pictures)
    note(session, actor, "product.changed", ("product", product.id), pictures=len(pictures))


def _set_pictures(
    session: Session, actor: Actor, product: Product, pictures: Sequence[UUID]
) -> None:
    wanted = list(dict.fromkeys(pictures))
    if len(wanted) > MOST_PICTURES:
        raise _wrong_picture(N_("A product has at most {most} pictures."), most=MOST_PICTURES)
    session.execute(sa.delete(ProductPicture).where(ProductPicture.product_id == product.id))
    files = StoredFiles(session, actor)
    for position, file_id in enumerate(wanted):
        if files.own(file_id).media_type not in PICTURES:
            raise _wrong_picture(N_("Send a PNG, JPEG or WebP picture."))
        session.add(ProductPicture(product_id=product.id, file_id=file_id, position=position))
    session.flush()


def _wrong_picture(detail: str, **values: object) -> Invalid:
    return Invalid(detail, errors=[FieldError("pictures", detail, values)], **values)


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
