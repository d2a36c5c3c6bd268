import datetime

import pytest
from django.db import connection
from django.urls import reverse

from awards import cataloguing
from awards.models import AwardForm
from awards.warnings import warnings_of
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from tests.awards.factories import SIGNED, examined, form_on, issued

pytestmark = pytest.mark.django_db

FACTS = {
    "name": "Bằng khen",
    "body": "Chủ tịch Ủy ban nhân dân thành phố Hà Nội",
    "legal_basis": "Luật Thi đua, khen thưởng",
    "votes_share": 90,
}


def test_succeed_ends_the_one_and_opens_the_other_on_one_day(staff):
    old, day = form_on("city", name="Bằng khen"), datetime.date(2027, 1, 1)

    new = cataloguing.succeed(old, actor=staff, seen_version=1, valid_from=day, **FACTS)

    old.refresh_from_db()
    assert (old.valid_to, new.valid_from, new.valid_to) == (day, day, None)
    assert (new.code, new.tier, new.votes_share) == (old.code, "city", 90)
    assert AwardForm.objects.in_force(day).get(code=old.code) == new
    assert AuditEntry.objects.filter(act="catalogue.succeed").exists()


def test_succeed_what_was_granted_keeps_its_words(staff):
    award = issued().awards.get()

    cataloguing.succeed(
        award.form, actor=staff, seen_version=1, valid_from=datetime.date(2027, 1, 1), **FACTS
    )

    award.refresh_from_db()
    assert award.form.body != FACTS["body"]


@pytest.mark.parametrize("day", [datetime.date(2024, 1, 1), SIGNED])
def test_succeed_before_its_time_or_before_it_was_granted_last_refused(staff, day):
    form = issued().awards.get().form

    with pytest.raises(DomainError) as refusal:
        cataloguing.succeed(form, actor=staff, seen_version=1, valid_from=day, **FACTS)

    assert set(refusal.value.fields) == {"valid_from"}
    assert not AwardForm.objects.filter(votes_share=90).exists()


def test_votes_asked_for_may_change_after_a_form_was_granted(staff):
    form = issued().awards.get().form
    form.votes_share = 70

    cataloguing.save_form(form, actor=staff, seen_version=1)

    form.refresh_from_db()
    assert form.votes_share == 70


def test_shipped_catalogue_asks_for_more_votes_for_merit():
    shares = dict(AwardForm.objects.values_list("code", "votes_share"))

    assert (shares["merit-city"], shares["certificate-commune"]) == (80, 51)


def test_votes_share_over_a_hundred_refused_by_the_table():
    with pytest.raises(Exception, match="award_form_votes_share"), connection.cursor() as cursor:
        cursor.execute("UPDATE awards_awardform SET votes_share = 101")


def test_what_sets_the_votes_is_entered_on_a_granted_form_and_told_with_the_warning(client, staff):
    decision = issued()
    form = decision.awards.get().form
    assert form.votes_basis == "", "no law is claimed that nobody has entered"
    client.force_login(staff)
    page = client.get(reverse("awards:catalogue_edit", args=[form.pk]))
    words = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    words["seen_version"] = form.version
    words["valid_from"] = form.valid_from.strftime("%d/%m/%Y")

    answer = client.post(
        reverse("awards:catalogue_edit", args=[form.pk]), words | {"votes_basis": "Quy chế 05/QC-HĐ, Điều 7"}
    )

    assert answer.status_code == 302
    form.refresh_from_db()
    assert form.votes_basis == "Quy chế 05/QC-HĐ, Điều 7"
    row = examined(1, votes=(3, 7), form=form)[0]
    assert "Quy chế 05/QC-HĐ, Điều 7" in " ".join(told.sentence for told in warnings_of([row])[row.pk])
    assert "Quy chế 05/QC-HĐ, Điều 7" in client.get(reverse("awards:catalogue")).content.decode()


def test_second_of_two_who_change_a_row_is_told_and_what_was_typed_stays(client, staff):
    form = form_on("city", name="Bằng khen")
    address = reverse("awards:catalogue_edit", args=[form.pk])
    client.force_login(staff)
    typed = {
        "code": form.code,
        "name": form.name,
        "body": form.body,
        "tier": form.tier,
        "legal_basis": form.legal_basis,
        "valid_from": form.valid_from.strftime("%d/%m/%Y"),
        "seen_version": form.version,
    }

    first = client.post(address, typed | {"votes_basis": "Quy chế 05/QC-HĐ"})
    second = client.post(address, typed | {"votes_basis": "Quy chế 06/QC-HĐ"})
    unseen = client.post(address, typed | {"votes_basis": "Quy chế 07/QC-HĐ", "seen_version": ""})

    assert first.status_code == 302
    form.refresh_from_db()
    assert (form.votes_basis, form.version) == ("Quy chế 05/QC-HĐ", 2)
    for answer, words in ((second, "06"), (unseen, "07")):
        assert answer.context["form"].non_field_errors()
        assert answer.context["form"]["votes_basis"].value() == f"Quy chế {words}/QC-HĐ"


def test_succeed_a_row_that_was_changed_meanwhile_is_a_conflict(staff):
    form = form_on("city", name="Bằng khen")
    cataloguing.save_form(form, actor=staff, seen_version=1)

    with pytest.raises(Conflict):
        cataloguing.succeed(form, actor=staff, seen_version=1, valid_from=datetime.date(2027, 1, 1), **FACTS)

    assert AwardForm.objects.get(pk=form.pk).valid_to is None
