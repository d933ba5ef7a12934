"""docs/roles.md says who may do what, and says it right."""

from service.identity.permissions import GRANTS, ROLES_OF, OrganisationKind, Permission, Role
from tests.docs.reading import CODE, page, rows

TEXT = page("roles.md")


def test_the_table_of_permissions_is_the_one_in_force() -> None:
    heading, *lines = rows(TEXT, "Who may do what")
    roles = [Role(CODE.findall(cell)[0]) for cell in heading[1:]]
    told = {
        role: {CODE.findall(line[0])[0] for line in lines if line[column] == "●"}
        for column, role in enumerate(roles, start=1)
    }
    assert told == {role: set(GRANTS[role]) for role in Role}


def test_every_permission_has_a_line_even_if_nobody_holds_it() -> None:
    told = [CODE.findall(line[0])[0] for line in list(rows(TEXT, "Who may do what"))[1:]]
    assert told == [permission.value for permission in Permission]


def test_the_roles_of_each_kind_of_organisation_are_the_ones_in_force() -> None:
    told = {
        OrganisationKind(CODE.findall(row[0])[0]): set(CODE.findall(row[1]))
        for row in rows(TEXT, "Organisations and roles")
        if CODE.findall(row[0])
    }
    assert told == {kind: {role.value for role in roles} for kind, roles in ROLES_OF.items()}
