"""Customs authorities as JSON."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from service.rules.authorities import Authority, Standing
from service.rules.authorities.showing import RuleSays, rules_by_part
from service.rules.schema import Text


class TextOut(BaseModel):
    """The same words in both languages."""

    model_config = ConfigDict(from_attributes=True)

    zh: str
    en: str


class AuthorityOut(BaseModel):
    """A customs authority in the list."""

    code: str
    market: str
    standing: Standing
    name: TextOut
    rights: list[str]
    languages: list[str]
    instead: TextOut | None

    @classmethod
    def of(cls, one: Authority) -> "AuthorityOut":
        """Return what the list tells of an authority."""
        return cls(**_head(one))


class RuleOut(BaseModel):
    """One rule in a few words; `length` null: it counts nothing, and `left_out` says why."""

    model_config = ConfigDict(from_attributes=True)

    rule_id: str
    title: TextOut
    length: TextOut | None
    left_out: TextOut | None
    note: TextOut | None
    fee: str
    basis: str
    source: str
    confidence: str
    flag: str


class FieldOut(BaseModel):
    """A field of an authority's form."""

    group: str
    key: str
    label: TextOut
    kind: str
    when: str
    most: int | None
    source: str | None
    confidence: str | None
    """`source` where the field was read in `read_in`, `memory` where it was not."""
    read_in: str | None


class DocumentNeedOut(BaseModel):
    """A paper that goes with a filing."""

    key: str
    label: TextOut
    when: str
    note: TextOut | None


class WholeAuthorityOut(AuthorityOut):
    """All that is known of an authority."""

    channel: TextOut | None
    except_for: TextOut | None
    directions: list[str]
    procedures: dict[str, TextOut]
    fields: list[FieldOut]
    fields_confidence: str | None
    documents: list[DocumentNeedOut]
    documents_confidence: str | None
    picture_formats: list[str]
    picture_kilobytes: int | None
    rules: dict[str, list[RuleOut]]

    @classmethod
    def whole(cls, one: Authority, on: date) -> "WholeAuthorityOut":
        """Return all that is known of an authority on a day."""
        return cls(
            **_head(one),
            channel=_text(one.channel),
            except_for=_text(one.except_for),
            directions=[each.value for each in one.directions],
            procedures={each.key: _text(each.name) for each in one.procedures},
            fields=_fields(one),
            fields_confidence=one.fields_basis.confidence.value if one.fields_basis else None,
            documents=[
                DocumentNeedOut(
                    key=each.key,
                    label=_text(each.label),
                    when=each.when.value,
                    note=_text(each.note),
                )
                for each in one.documents
            ],
            documents_confidence=one.documents_basis.confidence.value
            if one.documents_basis
            else None,
            picture_formats=list(one.pictures.formats) if one.pictures else [],
            picture_kilobytes=one.pictures.kilobytes if one.pictures else None,
            rules={
                part: [_rule(each) for each in rules]
                for part, rules in rules_by_part(one, on).items()
            },
        )


def _head(one: Authority) -> dict[str, object]:
    return {
        "code": one.code,
        "market": one.market,
        "standing": one.standing,
        "name": _text(one.name),
        "rights": [each.value for each in one.rights],
        "languages": list(one.languages),
        "instead": _text(one.instead),
    }


def _fields(one: Authority) -> list[FieldOut]:
    return [
        FieldOut(
            group=group.key,
            key=each.key,
            label=_text(each.label),
            kind=each.kind.value,
            when=each.when.value,
            most=each.most,
            source=each.source,
            confidence=one.confidence_of(each.key),
            read_in=next((row.source for row in one.fields_read if each.key in row.fields), None),
        )
        for group in one.groups
        for each in group.fields
    ]


def _rule(one: RuleSays) -> RuleOut:
    return RuleOut.model_validate(one)


def _text(text: Text | None) -> TextOut | None:
    return TextOut.model_validate(text) if text else None
