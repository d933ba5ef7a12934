"""WIPO ST.96 as the USPTO's TSDR returns it, in the versions 1_D3 and 2.2.1 and what lies between.

The versions differ in namespaces, in the name of the root and in a few elements, so everything is
read by local name.
"""

from collections.abc import Iterator
from typing import ClassVar

from service.core.text import N_
from service.registry.domain import GoodsClass, MarkRecord, Party, Reject
from service.registry.sources.base import Item, Source
from service.registry.sources.feeds import Feed
from service.registry.sources.field_table import FieldWatch, element_paths
from service.registry.sources.uspto import OFFICE, real_number
from service.registry.sources.values import territory
from service.registry.sources.wipo_xml import (
    NO_IMAGE,
    Reading,
    goods_classes,
    nodes,
    owners_of_today,
    party_at,
    text,
    texts,
)
from service.registry.sources.xml_stream import Element, elements

RECORD = "Trademark"
WORDS = "MarkRepresentation/MarkReproduction/WordMarkSpecification"
IMAGE = "MarkRepresentation/MarkReproduction/MarkImageBag/MarkImage"
ADDRESS = "Contact/PostalAddressBag/PostalAddress"
NAMES = (
    "Contact/Name/EntityName",
    "Contact/Name/OrganizationName/OrganizationStandardName",
    "Contact/Name/PersonName/PersonFullName",
)
PERSON_FIRST = (NAMES[2], NAMES[1], NAMES[0])
STRUCTURED = ("AddressLineText", "CityName", "GeographicRegionName", "PostalCode")


class St96Source(Source):
    """Marks in WIPO ST.96, from XML files or the zips TSDR gives."""

    format: ClassVar[str] = "st96"

    def _read(self, _member: int, feed: Feed, first: int) -> Iterator[tuple[int, list[Item]]]:
        watch = FieldWatch("st96")
        records = elements(feed, RECORD, self._limits.record_bytes)
        for record, mark in enumerate(records, start=1):
            if record >= first:
                place = f"{RECORD} {record}"
                notes = watch.unlisted(element_paths(mark), place)
                yield record, [*notes, *_mark(mark, place)]


def _mark(mark: Element, place: str) -> list[Item]:
    reading = Reading(mark, place)
    number = real_number(text(mark, "ApplicationNumber/ApplicationNumberText"))
    registration = real_number(text(mark, "RegistrationNumber"))
    if not number and not registration:
        reason = N_("The mark has neither an application nor a registration number")
        return [Reject(place, "missing-number", reason)]
    office = territory(text(mark, "RegistrationOfficeCode")) or OFFICE
    sign = text(mark, f"{WORDS}/MarkVerbalElementText", f"{WORDS}/MarkSignificantVerbalElementText")
    status, own = reading.status(
        office,
        text(mark, "MarkCurrentStatusCode"),
        text(mark, "NationalTrademarkInformation/MarkCurrentStatusExternalDescriptionText"),
    )
    image = text(mark, f"{IMAGE}/FileName", f"{IMAGE}/ImageFileName")
    return reading.result(
        MarkRecord(
            office=office,
            number=number or registration,
            text=sign,
            kind=reading.kind(
                text(
                    mark,
                    "MarkRepresentation/MarkDescriptionBag/NationalMarkDescription/MarkFeatureCode",
                ),
                text(mark, "MarkRepresentation/MarkFeatureCategory"),
                sign,
            ),
            status=status,
            office_status=own,
            application_number=number,
            registration_number=registration,
            filed_on=reading.day("ApplicationDate"),
            published_on=reading.day("PublicationBag/Publication/PublicationDate"),
            publication_issue=text(mark, "PublicationBag/Publication/PublicationIdentifier"),
            registered_on=reading.day("RegistrationDate"),
            expires_on=reading.day("ExpiryDate"),
            priority_on=reading.earliest("PriorityBag/Priority/PriorityApplicationFilingDate"),
            classes=_classes(mark),
            owners=_owners(mark),
            representatives=_representatives(mark),
            translation=text(mark, f"{WORDS}/MarkTranslationText"),
            transliteration=text(mark, f"{WORDS}/MarkTransliteration"),
            image_ref="" if image == NO_IMAGE else image,
            updated_on=reading.latest(
                "MarkCurrentStatusDate", "MarkEventBag/MarkEvent/MarkEventDate"
            ),
        )
    )


def _classes(mark: Element) -> tuple[GoodsClass, ...]:
    """Join the classes a block names with the goods described for them."""
    parts: list[tuple[str, str]] = []
    for block in nodes(mark, "GoodsServicesBag/GoodsServices"):
        parts += [
            (text(entry, "ClassNumber"), "")
            for entry in nodes(block, "GoodsServicesClassificationBag/GoodsServicesClassification")
            if text(entry, "ClassificationKindCode") == "Nice"
        ]
        for entry in nodes(block, "ClassDescriptionBag/ClassDescription"):
            goods = "; ".join(texts(entry, "GoodsServicesDescriptionText"))
            if goods:
                parts.append((text(entry, "ClassNumber"), goods))
    return goods_classes(parts)


def _owners(mark: Element) -> tuple[Party, ...]:
    listed = []
    for one in nodes(mark, "ApplicantBag/Applicant"):
        codes = [str(v) for name, v in one.attrib.items() if str(name).endswith("sequenceNumber")]
        listed.append((codes[0] if codes else "", one))
    return owners_of_today(listed, lambda one: _party(one, NAMES))


def _party(element: Element, names: tuple[str, ...]) -> Party:
    base = f"{ADDRESS}/PostalStructuredAddress"
    return party_at(
        element,
        name=text(element, *names),
        country=f"{base}/CountryCode",
        address=[f"{base}/{part}" for part in STRUCTURED],
        fallback=f"{ADDRESS}/PostalAddressText",
    )


def _representatives(mark: Element) -> tuple[Party, ...]:
    """Return the attorney of record; where there is none, whoever acts for the owner."""
    for role in ("RecordAttorney", "NationalRepresentative", "NationalCorrespondent"):
        for one in nodes(mark, role):
            party = _party(one, PERSON_FIRST)
            if party.name:
                return (party,)
    return ()
