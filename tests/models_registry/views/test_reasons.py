import pytest
from django.urls import reverse

from mobilization.audit.models import AuditEntry
from models_registry.models import Registration, ReturnReason
from tests.models_registry.factories import RegistrationFactory, city_staff, commune_people
from tests.units.factories import city

pytestmark = pytest.mark.django_db
LIST = reverse("models_registry:reasons")


@pytest.fixture
def staff(client):
    user = city_staff()
    client.force_login(user)
    return user


def words():
    return [reason.text for reason in ReturnReason.objects.kept_by(city().pk)]


def act(reason, name):
    return reverse("models_registry:reason_act", args=[reason.pk, name])


def test_reasons_shipped_ones_are_offered_until_the_city_keeps_its_own(client, staff):
    shipped = list(ReturnReason.objects.filter(city=None))
    assert len(shipped) >= 5
    assert client.post(LIST, {"text": "  Thiếu   biên bản  "}).status_code == 302
    assert words() == [*(one.text for one in shipped), "Thiếu biên bản"]
    assert list(ReturnReason.objects.filter(city=None)) == shipped


@pytest.mark.parametrize("text", ["", "   ", "x" * 301, "a\x00b"])
def test_reasons_bad_words_are_told_at_the_field(client, staff, text):
    page = client.post(LIST, {"text": text})
    assert page.status_code == 422
    assert page.context["form"].errors["text"]


def test_reasons_the_same_twice_is_refused(client, staff):
    page = client.post(LIST, {"text": words()[0]})
    assert page.status_code == 422
    assert page.context["form"].errors["text"]


def test_reasons_are_moved_reworded_and_no_longer_offered(client, staff):
    first, second, *_rest = ReturnReason.objects.kept_by(city().pk)
    client.post(act(second, "up"))
    assert words()[:2] == [second.text, first.text]
    own = ReturnReason.objects.get(city=city(), text=second.text)
    client.post(reverse("models_registry:reason", args=[own.pk]), {"text": "Lời khác"})
    assert words()[0] == "Lời khác"
    client.post(act(own, "stop"))
    assert "Lời khác" not in [one.text for one in ReturnReason.objects.offered_to(staff)]
    client.post(act(own, "offer"))
    assert "Lời khác" in [one.text for one in ReturnReason.objects.offered_to(staff)]
    assert list(
        AuditEntry.objects.filter(act__contains="reason").values_list("act", flat=True).order_by("pk")
    ) == [
        "registration.reason_move",
        "registration.reason_change",
        "registration.reason_stop",
        "registration.reason_offer",
    ]


def test_reasons_first_up_and_unknown_act_change_nothing(client, staff):
    before, first = words(), ReturnReason.objects.kept_by(city().pk).first()
    assert client.post(act(first, "up")).status_code == 302
    assert client.post(act(first, "burn")).status_code == 404
    assert words() == before


@pytest.mark.parametrize(("own", "expected"), [("", "{listed}"), ("Gấp", "{listed}\nGấp")])
def test_return_with_a_reason_of_the_list_and_own_words(client, own, expected):
    commune, _official, reviewer = commune_people()
    submitted = RegistrationFactory(unit=commune, submitted=True)
    client.force_login(reviewer)
    listed = ReturnReason.objects.offered_to(reviewer).first()
    address = reverse("models_registry:act", args=[submitted.pk, "return"])
    assert client.post(address, {"listed": listed.pk, "reason": own, "seen_version": 2}).status_code == 302
    step = Registration.objects.get().steps.returns().get()
    assert step.reason == expected.format(listed=listed.text)


def test_return_with_neither_is_asked_for_at_the_field(client):
    commune, _official, reviewer = commune_people()
    submitted = RegistrationFactory(unit=commune, submitted=True)
    client.force_login(reviewer)
    address = reverse("models_registry:act", args=[submitted.pk, "return"])
    page = client.post(address, {"remark_aim": "Nói rõ"})
    assert page.status_code == 422
    assert page.context["form"].errors["reason"]
    assert page.context["form"].has_remarks()


def test_return_shows_what_the_unit_wrote_under_each_remark(client):
    commune, _official, reviewer = commune_people()
    submitted = RegistrationFactory(unit=commune, submitted=True, aim="Mở <b>đường</b>", households=1200)
    client.force_login(reviewer)
    page = client.get(reverse("models_registry:act", args=[submitted.pk, "return"])).content.decode()
    assert "Mở &lt;b&gt;đường&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "1.200" in page
