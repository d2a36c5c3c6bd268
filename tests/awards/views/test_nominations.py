import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from awards.models import Acknowledgement, Decision, DossierFile, Nomination, Recipient
from mobilization.audit.models import AuditEntry
from tests.accounts.factories import user_with
from tests.awards.factories import (
    NominationFactory,
    RecipientFactory,
    approved,
    examined,
    form_on,
    submitted,
)
from tests.dialogues.factories import DialogueFactory
from tests.models_registry.factories import RegistrationFactory
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def bulk(client, act, *rows, **words):
    """Choose, look at the preview, carry out; return the answer of the last."""
    page = client.get(url("nominations_bulk"), {"act": act, "id": [row.pk for row in rows]})
    return client.post(url("nominations_bulk"), {"ticket": page.context["ticket"], **words})


def data(place, **changes):
    return {
        "recipient_kind": "collective",
        "recipient_name": "Chi hội Phụ nữ thôn Đoài",
        "unit": place.pk,
        "form": form_on("city", timezone.localdate()).pk,
        "proposed_on": timezone.localdate().strftime("%d/%m/%Y"),
        "achievement": "Vận động hiến 300 m² đất",
        **changes,
    }


def counted(django_assert_max_num_queries, client, address):
    with django_assert_max_num_queries(40) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["nominations", "examinations", "recipients"])
def test_list_costs_the_same_for_one_row_and_three(client, staff, django_assert_max_num_queries, name):
    client.force_login(staff)
    approved()
    client.get(url(name))
    one = counted(django_assert_max_num_queries, client, url(name))
    approved(1)
    examined(1)

    assert counted(django_assert_max_num_queries, client, url(name)) == one
    assert one <= 14


def test_detail_costs_the_same_whatever_stands_in_it(client, staff, django_assert_max_num_queries):
    client.force_login(staff)
    bare, full = examined(1)[0], examined(1)[0]
    for _paper in range(3):
        paper = DossierFile(part="report", uploaded_by=staff, original_name="a.pdf", size=1, sha256="0" * 64)
        paper.save()
        paper.nominations.add(full)

    assert counted(django_assert_max_num_queries, client, bare.get_absolute_url()) == counted(
        django_assert_max_num_queries, client, full.get_absolute_url()
    )


@pytest.mark.parametrize(
    "query",
    [
        "state=nix",
        "year=x",
        "year=99999999",
        "unit=abc",
        "form=-1",
        "q=%00",
        "waits=x",
        "papers=x",
        "cursor=%00",
    ],
)
def test_list_bad_address_is_answered(client, staff, query):
    client.force_login(staff)

    assert client.get(f"{url('nominations')}?{query}").status_code == 200


def test_list_filters(client, staff):
    client.force_login(staff)
    (wanted,) = submitted(recipient_name="Hội Nông dân xã Đông Hội")
    NominationFactory()
    year = timezone.localdate().year

    for query in ("state=submitted", "q=xa dong hoi", f"unit={wanted.unit_id}", "waits=examine"):
        found = client.get(f"{url('nominations')}?{query}").context["object_list"]
        assert list(found) == [wanted], query
    assert (
        len(client.get(f"{url('nominations')}?year={year}&tier=city&papers=lacking").context["object_list"])
        == 2
    )
    assert not client.get(f"{url('nominations')}?papers=whole").context["object_list"]


def test_export_has_all_rows_of_the_filter_and_nothing_out_of_scope(client, commune):
    client.force_login(user_with("official", commune))
    NominationFactory(recipient=RecipientFactory(unit=commune, name="Của mình"))
    NominationFactory(recipient=RecipientFactory(name="Của người khác"))

    answer = client.get(url("nominations") + "?export=xlsx")

    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    names = [row[0].value for row in book.active.iter_rows(min_row=2)]
    assert names == ["Của mình"]
    assert AuditEntry.objects.filter(act="nomination.export").count() == 1
    csv = b"".join(client.get(url("recipients") + "?export=csv").streaming_content).decode()
    assert "Của mình" in csv
    assert "Của người khác" not in csv


def test_propose_records_recipient_and_nomination(client, commune):
    client.force_login(user_with("official", commune))

    answer = client.post(url("nomination_create"), data(commune))

    row = Nomination.objects.get()
    assert answer.url == row.get_absolute_url()
    assert (row.recipient.name, row.unit) == ("Chi hội Phụ nữ thôn Đoài", commune)


def test_propose_similar_name_asks_first_then_takes_the_choice(client, commune):
    client.force_login(user_with("official", commune))
    known = RecipientFactory(unit=commune, name="Chi hội phụ nữ thôn Đoài")

    asked = client.post(url("nomination_create"), data(commune))
    assert "which" in asked.context["form"].errors
    assert not Nomination.objects.exists()

    client.post(url("nomination_create"), data(commune, which=str(known.pk)))
    assert Nomination.objects.get().recipient == known


def test_propose_similar_name_new_one_needs_what_tells_them_apart(client, commune):
    client.force_login(user_with("official", commune))
    RecipientFactory(unit=commune, name="Chi hội Phụ nữ thôn Đoài")

    refused = client.post(url("nomination_create"), data(commune, which="new"))
    assert "note" in refused.context["form"].errors
    client.post(url("nomination_create"), data(commune, which="new", note="Chi hội số 2"))

    assert Nomination.objects.get().recipient.note == "Chi hội số 2"
    assert Recipient.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"recipient_name": ""},
        {"recipient_name": "\x00"},
        {"recipient_name": "a" * 1_000_000},
        {"unit": "abc"},
        {"unit": str(10**30)},
        {"form": "0"},
        {"proposed_on": "31/02/2026"},
        {"proposed_on": "01/01/9999"},
        {"achievement": "\u202e"},
        {"recipient_kind": "robot"},
        {"model_code": "DVK-9999999"},
        {"dialogue": "99999"},
        {"note": "sinh năm 1970"},
        {"which": "99"},
    ],
)
def test_propose_bad_input_is_told_and_nothing_saved(client, commune, changes):
    client.force_login(user_with("official", commune))
    RecipientFactory(unit=commune, name="Chi hội Phụ nữ thôn Đoài") if "which" in changes else None

    answer = client.post(url("nomination_create"), data(commune, **changes))

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Nomination.objects.exists()


def test_propose_page_takes_over_registration_and_dialogue(client, commune):
    client.force_login(user_with("official", commune))
    registration = RegistrationFactory(unit=commune, recognised=True)
    dialogue = DialogueFactory(unit=commune, held=True)

    page = client.get(url("nomination_create"), {"registration": registration.pk, "dialogue": dialogue.pk})

    assert page.context["form"].initial["recipient_name"] == registration.registrant
    assert page.context["form"].initial["dialogue"] == dialogue.pk
    client.post(
        url("nomination_create"), data(commune, model_code=registration.model.code, dialogue=dialogue.pk)
    )
    row = Nomination.objects.get()
    assert (row.registration, row.dialogue) == (registration, dialogue)


@pytest.mark.parametrize("asked", ["registration=x", "dialogue=-1", "recipient=" + "9" * 40])
def test_propose_page_bad_address_is_answered(client, commune, asked):
    client.force_login(user_with("official", commune))

    assert client.get(f"{url('nomination_create')}?{asked}").status_code == 200


def test_edit_seen_version_that_is_stale_or_missing_changes_nothing(client, commune):
    client.force_login(user_with("official", commune))
    row = NominationFactory(recipient=RecipientFactory(unit=commune), version=3)
    page = url("nomination_edit", row.pk)
    typed = data(commune, recipient_name=row.recipient_name, which=str(row.recipient_id))

    stale = client.post(page, typed | {"seen_version": 2})
    missing = client.post(page, typed)

    assert stale.context["form"].non_field_errors()
    assert missing.context["form"].non_field_errors()
    row.refresh_from_db()
    assert row.version == 3


def test_submit_then_return_then_edit_and_submit_again(client, commune):
    official, reviewer = user_with("official", commune), user_with("reviewer", commune)
    row = NominationFactory(
        recipient=RecipientFactory(unit=commune),
        form=form_on("commune", timezone.localdate()),
        typed_by=official,
    )
    client.force_login(official)
    client.post(url("nomination_submit", row.pk), {"seen_version": 1})
    client.force_login(reviewer)
    client.post(url("nomination_return", row.pk), {"seen_version": 2, "reason": "Thiếu"})
    client.force_login(official)
    typed = data(commune, recipient_name=row.recipient_name, which=str(row.recipient_id), achievement="Đủ")
    client.post(url("nomination_edit", row.pk), typed | {"seen_version": 3, "form": row.form_id})
    client.post(url("nomination_submit", row.pk), {"seen_version": 4})

    row.refresh_from_db()
    assert (row.state, row.version, row.achievement) == ("submitted", 5, "Đủ")
    assert [step.act for step in row.steps.all()] == ["submit", "return", "change", "submit"]


def test_approve_page_asks_for_words_and_keeps_them(client, staff):
    client.force_login(staff)
    (row,) = examined(votes=(2, 8))
    page = client.get(url("nomination_approve", row.pk))
    assert "too_few_votes" in page.context["form"].fields

    silent = client.post(url("nomination_approve", row.pk), {"seen_version": row.version})
    assert silent.status_code == 422
    words = {"seen_version": row.version, "too_few_votes": "Đã họp lại"}
    client.post(url("nomination_approve", row.pk), words)

    row.refresh_from_db()
    assert row.state == "approved"
    assert Acknowledgement.objects.get().words == "Đã họp lại"


def test_act_without_the_version_that_was_seen_is_refused(client, staff):
    client.force_login(staff)
    (row,) = examined()

    client.post(url("nomination_decline", row.pk), {"reason": "Không"})

    row.refresh_from_db()
    assert row.state == "examined"


def test_bulk_preview_tells_what_will_and_what_cannot(client, staff):
    client.force_login(staff)
    good, low, early = examined()[0], examined(votes=(1, 9))[0], submitted()[0]
    own = examined(typed_by=staff)[0]

    page = client.get(
        url("nominations_bulk"), {"act": "approve", "id": [row.pk for row in (good, low, early, own)]}
    )

    assert {row.pk for row in page.context["will"]} == {good.pk, low.pk}
    assert {row.pk for row, _reason in page.context["cannot"]} == {early.pk, own.pk}
    assert list(page.context["form"].fields) == ["seen_version", "too_few_votes"]


def test_bulk_approve_without_words_leaves_the_warned_ones_out(client, staff):
    client.force_login(staff)
    good, low = examined()[0], examined(votes=(1, 9))[0]

    bulk(client, "approve", good, low)

    assert set(Nomination.objects.values_list("pk", "state")) == {(good.pk, "approved"), (low.pk, "examined")}


def test_bulk_sent_twice_is_done_once(client, staff):
    client.force_login(staff)
    rows = approved(2)
    page = client.get(url("nominations_bulk"), {"act": "draw", "id": [row.pk for row in rows]})

    answers = [client.post(url("nominations_bulk"), {"ticket": page.context["ticket"]}) for _time in range(2)]

    decision = Decision.objects.get()
    assert [answer.url for answer in answers] == [decision.get_absolute_url()] * 2


def test_bulk_all_rows_of_the_filter(client, staff):
    client.force_login(staff)
    rows = approved(3)
    examined()

    page = client.get(url("nominations_bulk"), {"act": "draw", "rows": "all", "q": "state=approved"})
    client.post(url("nominations_bulk"), {"ticket": page.context["ticket"], "title": "Tặng Bằng khen"})

    assert Decision.objects.get().title == "Tặng Bằng khen"
    assert Nomination.objects.filter(state="in_decision").count() == len(rows)


@pytest.mark.parametrize(("act", "words"), [("return", {"reason": "Thiếu"}), ("decline", {"reason": "Chưa"})])
def test_bulk_with_a_reason(client, staff, act, words):
    client.force_login(staff)
    rows = examined(2)

    assert bulk(client, act, *rows).status_code == 422
    bulk(client, act, *rows, **words)

    assert set(Nomination.objects.values_list("state", flat=True)) == {
        {"return": "returned", "decline": "declined"}[act]
    }


def test_bulk_ticket_of_somebody_else_does_nothing(client, staff, leader):
    client.force_login(staff)
    (row,) = approved()
    page = client.get(url("nominations_bulk"), {"act": "draw", "id": row.pk})
    client.force_login(user_with("city_staff", row.granting_unit))

    client.post(url("nominations_bulk"), {"ticket": page.context["ticket"]})

    assert not Decision.objects.exists()


@pytest.mark.parametrize("asked", [{"act": "nix"}, {"act": "approve", "q": "x" * 3000}])
def test_bulk_bad_address_is_404(client, staff, asked):
    client.force_login(staff)

    assert client.get(url("nominations_bulk"), asked).status_code == 404


def test_bulk_reaches_nothing_out_of_scope(client, commune):
    client.force_login(user_with("official", commune))
    row = NominationFactory()

    answer = client.get(url("nominations_bulk"), {"act": "submit", "id": row.pk})

    assert answer.status_code == 302


def test_bulk_attaches_one_paper_to_all(client, staff):
    client.force_login(staff)
    rows = submitted(3)
    upload = SimpleUploadedFile("to-trinh.pdf", PDF, content_type="application/pdf")

    bulk(client, "attach", *rows, part="proposal", file=upload)

    paper = DossierFile.objects.get()
    assert paper.nominations.count() == 3
    assert AuditEntry.objects.filter(act="nomination.attach").count() == 3


@pytest.mark.parametrize("choice", ["ticked", "all"])
def test_from_candidates_nominates_what_was_chosen(client, staff, choice):
    client.force_login(staff)
    rows = [RegistrationFactory(recognised=True, registrant=f"Chi bộ {number}") for number in range(2)]
    RegistrationFactory(recognised=True, registrant="Tổ dân phố")
    listed = client.get(url("candidates"), {"q": "chi bo"})
    assert {row.pk for row in listed.context["object_list"]} == {row.pk for row in rows}
    asked = {"list": "candidates", "act": "propose_award", "q": "q=chi+bo", "rows": choice}
    ticked = {"id": [row.pk for row in rows]} if choice == "ticked" else {}

    page = client.get(reverse("models_registry:bulk"), asked | ticked)
    form = form_on("city", timezone.localdate())
    done = client.post(
        reverse("models_registry:bulk_do"), {"ticket": page.context["ticket"], "form": form.pk}, follow=True
    )

    assert set(Nomination.objects.values_list("registration", flat=True)) == {row.pk for row in rows}
    assert done.context["back"] == f"{url('candidates')}?q=chi+bo"


def test_candidates_leave_out_what_is_proposed_until_it_is_declined(client, staff):
    client.force_login(staff)
    registration = RegistrationFactory(recognised=True)
    NominationFactory(registration=registration)
    assert not client.get(url("candidates")).context["object_list"]

    Nomination.objects.update(state="withdrawn")
    assert list(client.get(url("candidates")).context["object_list"]) == [registration]


def test_registry_bulk_proposes_awards(client, staff):
    client.force_login(staff)
    rows = [RegistrationFactory(recognised=True) for _row in range(2)]
    other = RegistrationFactory(accepted=True)
    address = reverse("models_registry:bulk")
    asked = {"list": "list", "act": "propose_award", "id": [row.pk for row in (*rows, other)]}
    page = client.get(address, asked)
    assert len(page.context["will"]) == 2

    form = form_on("city", timezone.localdate())
    client.post(
        reverse("models_registry:bulk_do"),
        {"ticket": page.context["ticket"], "form": form.pk, "achievement": "Giỏi"},
    )

    assert set(Nomination.objects.values_list("registration", "achievement")) == {
        (row.pk, "Giỏi") for row in rows
    }


def test_registry_bulk_tells_what_somebody_else_has_proposed_already(client, staff):
    client.force_login(staff)
    form = form_on("city", timezone.localdate())
    free, taken = (RegistrationFactory(recognised=True) for _row in range(2))
    NominationFactory(registration=taken, form=form)
    asked = {"list": "list", "act": "propose_award", "id": [free.pk, taken.pk]}
    page = client.get(reverse("models_registry:bulk"), asked)

    answer = client.post(
        reverse("models_registry:bulk_do"), {"ticket": page.context["ticket"], "form": form.pk}, follow=True
    )

    assert [row.pk for row in answer.context["done"]] == [free.pk]
    assert [row.pk for row, _reason in answer.context["skipped"]] == [taken.pk]
    assert Nomination.objects.count() == 2


def test_registration_page_shows_its_nominations(client, staff):
    client.force_login(staff)
    registration = RegistrationFactory(recognised=True)
    row = NominationFactory(registration=registration)

    page = client.get(registration.get_absolute_url()).content.decode()

    assert row.get_absolute_url() in page


def test_page_of_another_unit_is_not_there(client, commune):
    client.force_login(user_with("official", commune))
    row = NominationFactory(recipient=RecipientFactory(unit=UnitFactory()))

    pages = [url(name, row.pk) for name in ("nomination", "nomination_edit", "nomination_withdraw")]
    assert [client.get(page).status_code for page in pages] == [404] * 3
    assert client.post(url("nomination_submit", row.pk), {"seen_version": 1}).status_code == 404


def test_dialogue_page_shows_its_nominations_and_where_to_propose(client, commune):
    client.force_login(user_with("official", commune))
    dialogue = DialogueFactory(unit=commune, held=True)
    row = NominationFactory(recipient=RecipientFactory(unit=commune), dialogue=dialogue)

    page = client.get(dialogue.get_absolute_url()).content.decode()

    assert row.get_absolute_url() in page
    assert f"{url('nomination_create')}?dialogue={dialogue.pk}" in page


def test_bulk_tells_how_many_more_were_left_out_than_it_names_reasons_for(client, staff, monkeypatch):
    monkeypatch.setattr("awards.views.nomination_bulk.REASONS_TOLD", 1)
    client.force_login(staff)
    rows = [NominationFactory(typed_by=staff) for _row in range(3)]
    page = client.get(url("nominations_bulk"), {"act": "submit", "id": [row.pk for row in rows]})
    Nomination.objects.filter(pk=rows[0].pk).update(version=9)
    Nomination.objects.filter(pk=rows[1].pk).update(proposed_on="2099-01-01")

    answer = client.post(url("nominations_bulk"), {"ticket": page.context["ticket"]}, follow=True)

    told = [message.level_tag for message in answer.context["messages"]]
    assert told == ["success", "warning", "warning"]
