import io

import openpyxl
import pytest
from django.urls import reverse

from awards import transitions
from awards.models import Award, AwardForm, Decision
from mobilization.audit.models import AuditEntry
from tests.accounts.factories import PASSWORD, user_with
from tests.awards.factories import SIGNED, AwardFactory, DecisionFactory, issued
from tests.models_registry.factories import RegistrationFactory
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(client):
    """Return a function that signs a user in by password just now: no act asks for it again."""

    def enter(user):
        client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        return client

    return enter


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def queries(django_assert_max_num_queries, client, address):
    with django_assert_max_num_queries(40) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["list", "candidates", "catalogue"])
def test_list_costs_the_same_for_one_row_and_three(client, staff, django_assert_max_num_queries, name):
    client.force_login(staff)
    AwardFactory()
    RegistrationFactory(recognised=True)
    client.get(url(name))
    one = queries(django_assert_max_num_queries, client, url(name))
    for _row in range(2):
        AwardFactory()
        issued(2)
        RegistrationFactory(recognised=True)

    assert queries(django_assert_max_num_queries, client, url(name)) == one
    assert one <= 14


def test_detail_costs_the_same_for_one_award_and_three(client, staff, django_assert_max_num_queries):
    client.force_login(staff)
    pages = [issued(count).get_absolute_url() for count in (1, 3)]

    one, three = (queries(django_assert_max_num_queries, client, page) for page in pages)

    assert one == three


def test_list_filters_by_year_state_tier_unit_and_words(client, staff, commune):
    client.force_login(staff)
    wanted = issued(number="77/QĐ-UBND")
    DecisionFactory(unit=commune, tier="commune", title="Khen")

    for query in ("year=2026&state=issued", "tier=city&q=77 qd", f"unit={city().pk}&state=issued"):
        assert list(client.get(f"{url('list')}?{query}").context["object_list"]) == [wanted]


@pytest.mark.parametrize(
    "query", ["year=x", "year=99999999999999", "unit=abc", "state=nix", "q=%00", "cursor=%00", "per_page=-1"]
)
def test_list_bad_address_is_answered(client, staff, query):
    client.force_login(staff)

    assert client.get(f"{url('list')}?{query}").status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_has_every_award_in_scope_and_no_formula(client, commune, kind):
    client.force_login(user_with("reviewer", commune))
    AwardFactory(decision=DecisionFactory(unit=commune, tier="commune"), unit=commune, recipient_name="=1+1")
    AwardFactory(recipient_name="Người khác")

    response = client.get(url("export", kind))

    content = b"".join(response.streaming_content)
    if kind == "csv":
        assert "'=1+1" in content.decode()
        assert "Người khác" not in content.decode()
    else:
        rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
        assert len(rows) == 2
        assert "=1+1" in rows[1]


def test_export_with_words_typed_logs_the_names_of_the_filters_only(client, commune):
    client.force_login(user_with("reviewer", commune))
    client.get(url("export", "csv"), {"q": "Nguyễn Văn An", "year": "2025"})
    entry = AuditEntry.objects.get(act="award.export")
    assert entry.data == {"filters": ["q", "year"], "format": "csv"}


def test_create_draft_is_empty_and_leads_to_approved_nominations(client, staff):
    client.force_login(staff)

    answer = client.post(url("create"), {"unit": city().pk, "title": "Tặng Bằng khen"})

    decision = Decision.objects.get()
    assert (answer.status_code, answer.url) == (302, decision.get_absolute_url())
    assert f"{url('nominations')}?waits=draw" in client.get(answer.url).content.decode()
    assert not decision.awards.exists()


def award_data(award, **changes):
    return {
        "form": award.form_id,
        "recipient_kind": award.recipient_kind,
        "recipient_name": award.recipient_name,
        "unit": award.unit_id,
        "achievement": award.achievement,
        "seen_version": award.decision.version,
    } | changes


@pytest.mark.parametrize("address", ["{0}awards/add/", "/desk/awards/candidates/add/"])
def test_award_cannot_be_added_without_a_nomination(client, staff, address):
    client.force_login(staff)
    award = AwardFactory()
    page = address.format(award.decision.get_absolute_url())

    answer = client.post(page, award_data(award, recipient_name="Hộ ông Ba", decision=award.decision_id))

    assert answer.status_code == 404
    assert Award.objects.count() == 1


def test_create_by_the_prime_minister_is_of_the_state_tier(client, staff):
    client.force_login(staff)

    client.post(url("create"), {"unit": city().pk, "title": "Bằng khen", "by_prime_minister": "on"})

    assert Decision.objects.get().tier == "state"


def test_create_for_a_unit_out_of_scope_refused(client, commune):
    client.force_login(user_with("official", commune))

    answer = client.post(url("create"), {"unit": UnitFactory().pk, "title": "Khen"})

    assert answer.status_code == 200
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"recipient_name": ""},
        {"recipient_name": "a\x00b"},
        {"recipient_name": "x" * 301},
        {"recipient_kind": "robot"},
        {"form": "999999"},
        {"unit": "-1"},
        {"achievement": ""},
        {"model_code": "DVK-9999999"},
    ],
)
def test_edit_award_bad_input_is_told_and_nothing_saved(client, staff, changes):
    client.force_login(staff)
    award = AwardFactory(nominated=True)

    answer = client.post(url("award_edit", award.decision_id, award.pk), award_data(award, **changes))

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Award.objects.values("recipient_name", "achievement").get() == {
        "recipient_name": award.recipient_name,
        "achievement": award.achievement,
    }


def test_edit_and_remove_award(client, staff):
    client.force_login(staff)
    award = AwardFactory(nominated=True, recipient_name="Chi hoi thon 1")
    page = url("award_edit", award.decision.pk, award.pk)

    client.post(page, award_data(award, recipient_name="Chi hội thôn 1"))
    award.refresh_from_db()
    assert award.recipient_name == "Chi hội thôn 1"
    client.post(url("award_remove", award.decision.pk, award.pk), {"seen_version": 2})

    assert not Award.objects.exists()


@pytest.mark.parametrize("told", [True, False])
def test_award_of_a_draft_that_somebody_changed_is_not_overwritten(client, staff, told):
    client.force_login(staff)
    award = AwardFactory(nominated=True, recipient_name="CHI HỘI")
    page = url("award_edit", award.decision.pk, award.pk)
    seen = client.get(page).context["form"]["seen_version"].value() if told else ""
    client.post(page, award_data(award, recipient_name="Chi hội"))

    answer = client.post(page, award_data(award, recipient_name="chi hội", seen_version=seen))

    award.refresh_from_db()
    form = answer.context["form"]
    assert award.recipient_name == "Chi hội"
    assert form.non_field_errors()
    assert form["recipient_name"].value() == "chi hội"
    client.post(page, award_data(award, recipient_name="chi hội", seen_version=form["seen_version"].value()))
    award.refresh_from_db()
    assert award.recipient_name == "chi hội"


@pytest.mark.parametrize("seen", [{}, {"seen_version": 1}])
def test_award_is_not_taken_out_of_a_draft_that_somebody_changed(client, staff, seen):
    client.force_login(staff)
    award = AwardFactory(decision__version=2)

    client.post(url("award_remove", award.decision.pk, award.pk), seen)

    assert Award.objects.filter(pk=award.pk).exists()


def test_edit_draft_that_somebody_changed_is_told(client, staff):
    client.force_login(staff)
    decision = DecisionFactory(version=3)

    answer = client.post(url("edit", decision.pk), {"title": "Khác", "seen_version": 2})

    assert answer.status_code == 200
    assert Decision.objects.get().title == decision.title


def test_edit_draft_that_tells_no_version_is_refused_in_words(client, staff):
    client.force_login(staff)
    decision = DecisionFactory()

    answer = client.post(url("edit", decision.pk), {"title": "Khác"})

    assert answer.context["form"].non_field_errors()
    assert Decision.objects.get().title == decision.title


def test_discard_asks_then_deletes(client, staff):
    client.force_login(staff)
    decision = AwardFactory().decision

    assert client.get(url("discard", decision.pk)).status_code == 200
    answer = client.post(url("discard", decision.pk), {"seen_version": decision.version})

    assert answer.url == url("list")
    assert not Decision.objects.exists()


def test_issue_asks_for_the_password_again(client, leader):
    client.force_login(leader)
    decision = AwardFactory().decision

    answer = client.post(url("issue", decision.pk), {"seen_version": decision.version})

    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert Decision.objects.get().state == "draft"


def test_issue_says_what_it_does_then_does_it(sign_in, leader):
    client = sign_in(leader)
    decision = AwardFactory(nominated=True).decision

    page = client.get(url("issue", decision.pk))
    assert decision.awards.get().recipient_name in page.content.decode()
    client.post(url("issue", decision.pk), {"seen_version": decision.version})

    assert Decision.objects.get().state == "issued"


def test_issue_stale_page_is_told(sign_in, leader):
    client = sign_in(leader)
    decision = AwardFactory(decision__version=4).decision

    answer = client.post(url("issue", decision.pk), {"seen_version": 3}, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] != []
    assert Decision.objects.get().state == "draft"


def test_revoke_some_awards(sign_in, leader):
    client = sign_in(leader)
    decision = issued(2)
    chosen = decision.awards.order_by("pk").first()

    page = client.get(url("revoke", decision.pk))
    data = page.context["form"].initial | {
        "number": "99/QĐ",
        "signed_on": SIGNED.strftime("%d/%m/%Y"),
        "signer": decision.signer,
        "signer_post": decision.signer_post,
        "reason": "Trùng",
        "awards": [chosen.pk],
        "seen_version": decision.version,
    }
    answer = client.post(url("revoke", decision.pk), data)

    revocation = Decision.objects.get(amends=decision)
    assert answer.url == revocation.get_absolute_url()
    chosen.refresh_from_db()
    assert chosen.state == "revoked"


def test_revoke_incomplete_keeps_what_was_typed(sign_in, leader):
    client = sign_in(leader)
    decision = issued()

    answer = client.post(
        url("revoke", decision.pk), {"reason": "Trùng lặp", "seen_version": decision.version}
    )

    assert answer.status_code == 200
    assert "Trùng lặp" in answer.content.decode()


def test_draft_of_a_correction_is_not_told_to_who_is_only_rewarded(client, staff):
    decision = issued()
    (award,) = decision.awards.all()
    transitions.correct(decision, actor=staff, awards=[award], reason="Sai tên")
    told = {}
    for reader in (staff, user_with("official", award.unit)):
        client.force_login(reader)
        told[reader] = len(client.get(decision.get_absolute_url()).context["amendments"])

    assert list(told.values()) == [1, 0]


def test_correct_makes_a_draft_with_copies(client, staff):
    client.force_login(staff)
    decision = issued()
    award = decision.awards.get()

    data = {"reason": "Sai tên", "awards": [award.pk], "seen_version": decision.version}
    answer = client.post(url("correct", decision.pk), data)

    draft = Decision.objects.get(amends=decision)
    assert answer.url == draft.get_absolute_url()
    assert draft.awards.get().corrects == award
    assert client.get(url("award_edit", draft.pk, draft.awards.get().pk)).status_code == 200


def test_catalogue_row_added_and_refused(client, staff):
    client.force_login(staff)
    row = {"code": "moi", "name": "Biểu dương", "body": "Thành đoàn", "tier": "city", "legal_basis": "Luật"}

    client.post(url("catalogue_add"), row | {"valid_from": "01/01/2026"})
    again = client.post(url("catalogue_add"), row | {"valid_from": "01/02/2026"})

    assert AwardForm.objects.filter(code="moi").count() == 1
    assert "valid_from" in again.context["form"].errors


def test_draft_of_another_unit_is_not_there(client, commune):
    client.force_login(user_with("official", commune))
    decision = DecisionFactory(unit=UnitFactory(), tier="commune")

    pages = [url(name, decision.pk) for name in ("detail", "edit", "issue", "discard")]

    assert [client.get(page).status_code for page in pages] == [404] * 4


def test_export_of_another_unit_s_draft_is_empty(client, commune):
    client.force_login(user_with("official", commune))
    AwardFactory(decision=DecisionFactory(unit=UnitFactory(), tier="commune"), recipient_name="Bí mật")

    content = b"".join(client.get(url("export", "csv")).streaming_content).decode()

    assert "Bí mật" not in content
