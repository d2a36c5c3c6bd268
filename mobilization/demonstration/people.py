"""The demonstration's accounts: one per role, all with the same password, and those who worked here before."""

import datetime

from mobilization.accounts.models import Position, User
from mobilization.accounts.states import Role
from mobilization.audit import log
from mobilization.demonstration.world import HOME_CODE, NEIGHBOUR_CODE, World
from mobilization.units.models import Unit

SINCE = datetime.date(2025, 7, 1)
# local part of the address → name, role, code of the unit (empty: the city)
ACCOUNTS = {
    "canbo": ("Nguyễn Thị Hà", Role.OFFICIAL, HOME_CODE),
    "xetduyet": ("Trần Văn Bình", Role.REVIEWER, HOME_CODE),
    "canbo2": ("Lê Thu Trang", Role.OFFICIAL, NEIGHBOUR_CODE),
    "thanhpho": ("Phạm Minh Đức", Role.CITY_STAFF, ""),
    "lanhdao": ("Hoàng Thanh Sơn", Role.CITY_LEADER, ""),
    "kiemtra": ("Vũ Ngọc Lan", Role.AUDITOR, ""),
    "quantri": ("Đặng Quang Huy", Role.ADMINISTRATOR, ""),
}
RETIRED = {
    "clerk": "Cán bộ nhập liệu (minh họa)",
    "old_reviewer": "Người xét duyệt (minh họa)",
}
DOMAIN = "danvankheo.example"


def address(local: str) -> str:
    """Return the sign-in address of a demonstration account."""
    return f"{local}@{DOMAIN}"


def make(world: World, password: str) -> None:
    """Make the accounts with their positions; those of the past cannot sign in."""
    administrator = _account("quantri", ACCOUNTS["quantri"][0], password)
    for local, (name, role, code) in ACCOUNTS.items():
        user = administrator if local == "quantri" else _account(local, name, password)
        unit = Unit.objects.by_code(code, SINCE).get() if code else world.city
        Position.objects.create(user=user, role=role, unit=unit, valid_from=SINCE, granted_by=administrator)
        log.record("position.grant", actor=administrator, target=user, unit=unit, data={"role": role.value})
        world.people[local] = user
        world.people[f"{role.value}:{unit.pk}"] = user
    for key, name in RETIRED.items():
        world.people[key] = _account(key, name, None, is_active=False)


def _account(local: str, name: str, password: str | None, *, is_active: bool = True) -> User:
    user = User(email=address(local), is_active=is_active)
    user.set_full_name(name)
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    user.save()
    return user
