"""What the staff lists can be narrowed to beside search, year and state."""

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse

from mobilization.accounts.states import Role
from mobilization.core.files import AcceptedFile
from models_registry.filters import QueueFilter, RegistrationFilter
from models_registry.models import Assignment, Attachment, Registration
from models_registry.narrowing import suggestions
from tests.accounts.factories import user_with
from tests.models_registry.factories import RegistrationFactory, city_staff
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db
LIST = reverse("models_registry:list")


def found(user, **asked):
    request = RequestFactory().get("/")
    request.user = user
    data = QueryDict(mutable=True)
    data.update(asked)
    filterset = RegistrationFilter(data, Registration.objects.visible_to(user), request=request)
    assert filterset.is_valid(), filterset.errors
    return sorted(row.title for row in filterset.qs)


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ({"novelty": "maintained"}, "Duy trì"),
        ({"subject": "individual"}, "Cá nhân"),
        ({"timing": "late"}, "Muộn"),
        ({"distinction": "exemplary"}, "Tiêu biểu"),
        ({"outcome": "end"}, "Kết thúc"),
    ],
)
def test_mark_finds_what_bears_it_and_nothing_else(asked, title):
    unit = UnitFactory()
    RegistrationFactory(unit=unit, title="Duy trì", submitted=True, novelty="maintained")
    RegistrationFactory(unit=unit, title="Cá nhân", submitted=True, subject="individual")
    RegistrationFactory(unit=unit, title="Muộn", submitted=True, late=True)
    RegistrationFactory(unit=unit, title="Tiêu biểu", recognised=True, exemplary=True)
    RegistrationFactory(unit=unit, title="Kết thúc", accepted=True, outcome="end")
    assert found(user_with(Role.REVIEWER, unit), **asked) == [title]


def test_recognised_and_no_outcome_yet_find_theirs():
    unit = UnitFactory()
    RegistrationFactory(unit=unit, title="Công nhận", recognised=True)
    RegistrationFactory(unit=unit, title="Đang làm", accepted=True)
    RegistrationFactory(unit=unit, title="Mới nộp", submitted=True)
    reviewer = user_with(Role.REVIEWER, unit)
    assert found(reviewer, distinction="recognised") == ["Công nhận"]
    assert found(reviewer, outcome="none") == ["Công nhận", "Đang làm"]
    assert found(reviewer, timing="in_time") == ["Công nhận", "Mới nộp", "Đang làm"]


def test_files_tell_what_has_some_and_what_has_none():
    unit = UnitFactory()
    reviewer, evidenced = (
        user_with(Role.REVIEWER, unit),
        RegistrationFactory(unit=unit, title="Có tệp", submitted=True),
    )
    kept = Attachment(registration=evidenced, uploaded_by=reviewer)
    kept.keep(AcceptedFile(b"%PDF-1.7 %%EOF", "application/pdf", ".pdf", "x.pdf"))
    kept.save()
    RegistrationFactory(unit=unit, title="Không tệp", submitted=True)
    assert found(reviewer, files="with") == ["Có tệp"]
    assert found(reviewer, files="without") == ["Không tệp"]


def test_mine_finds_own_typing_and_what_was_assigned():
    unit = UnitFactory()
    official, reviewer = user_with(Role.OFFICIAL, unit), user_with(Role.REVIEWER, unit)
    assigned = RegistrationFactory(unit=unit, title="Được giao", submitted=True)
    Assignment.objects.create(registration=assigned, reviewer=reviewer, assigned_by=reviewer)
    RegistrationFactory(unit=unit, title="Tự nhập", submitted=True, by_official=official)
    assert found(official, mine="typed") == ["Tự nhập"]
    assert found(reviewer, mine="assigned") == ["Được giao"]


def test_unit_means_all_below_it_and_only_what_is_in_scope():
    district = UnitFactory(kind="urban_district", parent=city())
    ward, other = UnitFactory(parent=district), UnitFactory()
    RegistrationFactory(unit=ward, title="Của phường", submitted=True)
    RegistrationFactory(unit=ward, title="Nháp của phường")
    RegistrationFactory(unit=other, title="Của nơi khác", submitted=True)
    assert found(city_staff(), under=f"{district.full_name} ({district.code})") == ["Của phường"]
    assert found(city_staff(), under=other.full_name) == ["Của nơi khác"]


def test_unit_out_of_reach_is_no_choice_and_finds_nothing(client):
    other = UnitFactory()
    RegistrationFactory(unit=other, title="Của nơi khác", submitted=True)
    district = UnitFactory(kind="urban_district", parent=city())
    UnitFactory(parent=district)
    client.force_login(user_with(Role.REVIEWER, district))
    answer = client.get(LIST, {"under": other.full_name})
    assert answer.context["filter_form"].errors["under"]
    assert list(answer.context["object_list"]) == []


def test_official_of_one_unit_has_no_unit_to_choose(client):
    official = user_with(Role.OFFICIAL, UnitFactory())
    client.force_login(official)
    assert suggestions(official) == ()
    answer = client.get(LIST, {"under": "Hà Nội"})
    assert "under" not in answer.context["filter_form"].fields


@pytest.mark.parametrize("name", RegistrationFilter.more)
def test_nonsense_finds_nothing_and_breaks_nothing(client, name):
    unit = UnitFactory()
    UnitFactory()
    RegistrationFactory(unit=unit, submitted=True)
    client.force_login(city_staff())
    for text in ("\x00", "không có", "9" * 40):
        answer = client.get(LIST, {name: text})
        assert answer.status_code == 200
        assert list(answer.context["object_list"]) == []


def test_queue_offers_only_what_can_wait_there():
    assert not {"state", "outcome", "distinction", "mine"} & set(QueueFilter.base_filters)
    assert {"under", "files", "novelty", "timing", "subject"} <= set(QueueFilter.base_filters)


def test_more_filters_stand_open_while_one_is_in_use(client):
    client.force_login(city_staff())
    assert client.get(LIST).context["filter_form"].more_in_use is False
    assert client.get(LIST, {"novelty": "new"}).context["filter_form"].more_in_use is True
