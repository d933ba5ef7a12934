"""WIPO ST.66 as the USPTO's TSDR returns it: one `Transaction` with a mark, its parties and events.

The applicants stand beside the mark in TSDR's files and inside it in those of other offices.
"""

from collections.abc import Iterator
from typing import ClassVar

from service.core.text import N_
from service.registry.domain import MarkRecord, Party, Reject
from service.registry.sources.base import Item, Source
from service.registry.sources.feeds import Feed
from service.registry.sources.field_table import FieldWatch, element_paths
from service.registry.sources.uspto import OFFICE, real_number
from service.registry.sources.values import territory
from service.registry.sources.wipo_xml import (
    Reading,
    goods_classes,
    nodes,
    owners_of_today,
    party_at,
    text,
    texts,
)
from service.registry.sources.xml_stream import Element, elements

RECORD = "TransactionData"
NAME = "FormattedNameAddress/Name/FreeFormatName/FreeFormatNameDetails/FreeFormatNameLine"
ADDRESS = "FormattedNameAddress/Address/FormattedAddress"
ADDRESS_PARTS = (
    "AddressRoom",
    "AddressBuilding",
    "AddressStreet",
    "AddressCity",
    "AddressState",
    "AddressPostcode",
)


class St66Source(Source):
    """Marks in WIPO ST.66, from XML files or the zips TSDR gives."""

    format: ClassVar[str] = "st66"

    def _read(self, _member: int, feed: Feed, first: int) -> Iterator[tuple[int, list[Item]]]:
        watch = FieldWatch("st66")
        records = elements(feed, RECORD, self._limits.record_bytes)
        for record, data in enumerate(records, start=1):
            if record < first:
                continue
            place = f"{RECORD} {record}"
            items: list[Item] = [*watch.unlisted(element_paths(data), place)]
            marks = list(nodes(data, "TradeMarkDetails/TradeMark"))
            for mark in marks:
                items += _mark(mark, data if len(marks) == 1 else mark, place)
            if not marks:
                items.append(Reject(place, "missing-mark", N_("The transaction holds no mark")))
            yield record, items


def _mark(mark: Element, parties: Element, place: str) -> list[Item]:
    reading = Reading(mark, place)
    number = real_number(text(mark, "ApplicationNumber"))
    registration = real_number(text(mark, "RegistrationNumber"))
    if not number and not registration:
        reason = N_("The mark has neither an application nor a registration number")
        return [Reject(place, "missing-number", reason)]
    office = territory(text(mark, "RegistrationOfficeCode")) or OFFICE
    sign = text(mark, "WordMarkSpecification/MarkVerbalElementText")
    status, own = reading.status(
        office, text(mark, "MarkCurrentStatusCode"), text(mark, "MarkCurrentStatusCode")
    )
    return reading.result(
        MarkRecord(
            office=office,
            number=number or registration,
            text=sign,
            kind=reading.kind(
                text(mark, "TradeMarkExt/MarkFeatureCode"), text(mark, "MarkFeature"), sign
            ),
            status=status,
            office_status=own,
            application_number=number,
            registration_number=registration,
            filed_on=reading.day("ApplicationDate"),
            published_on=reading.day("PublicationDetails/Publication/PublicationDate"),
            publication_issue=text(mark, "PublicationDetails/Publication/PublicationIdentifier"),
            registered_on=reading.day("RegistrationDate"),
            expires_on=reading.day("ExpiryDate"),
            priority_on=reading.earliest("PriorityDetails/Priority/PriorityDate"),
            classes=goods_classes(
                [
                    (text(entry, "ClassNumber"), text(entry, "GoodsServicesDescription"))
                    for entry in nodes(
                        mark,
                        "GoodsServicesDetails/GoodsServices/ClassDescriptionDetails"
                        "/ClassDescription",
                    )
                ]
            ),
            owners=_owners(mark) or _owners(parties),
            representatives=_representatives(mark),
            translation=text(mark, "WordMarkSpecification/MarkTranslation"),
            transliteration=text(mark, "WordMarkSpecification/MarkTransliteration"),
            updated_on=reading.latest(
                "MarkCurrentStatusDate", "MarkEventDetails/MarkEvent/MarkEventDate"
            ),
        )
    )


def _owners(element: Element) -> tuple[Party, ...]:
    applicants = nodes(element, "ApplicantDetails/Applicant")
    listed = [(text(one, "ApplicantExt/PartyTypeCode"), one) for one in applicants]
    return owners_of_today(listed, lambda one: _party(one, "ApplicantAddressBook"))


def _party(element: Element, book: str) -> Party:
    return party_at(
        element,
        name=", ".join(texts(element, f"{book}/{NAME}")),
        country=f"{book}/{ADDRESS}/FormattedAddressCountryCode",
        address=[f"{book}/{ADDRESS}/{part}" for part in ADDRESS_PARTS],
    )


def _representatives(mark: Element) -> tuple[Party, ...]:
    """Return the attorney of record; where there is none, whoever acts for the owner."""
    found = [
        (text(one, "Comment"), _party(one, "RepresentativeAddressBook"))
        for one in nodes(mark, "RepresentativeDetails/Representative")
    ]
    named = [(comment, party) for comment, party in found if party.name]
    attorneys = [party for comment, party in named if comment == "Attorney of Record"]
    return tuple(attorneys or [party for _, party in named][:1])
