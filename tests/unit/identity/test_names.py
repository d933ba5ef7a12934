from service.identity.names import PERMISSION_NAMES, ROLE_NAMES
from service.identity.permissions import Permission, Role


def test_every_permission_has_a_name_that_people_read() -> None:
    assert PERMISSION_NAMES.keys() == set(Permission)


def test_every_role_has_a_name_that_people_read() -> None:
    assert ROLE_NAMES.keys() == set(Role)
