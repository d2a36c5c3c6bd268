"""One step of the form: what was typed comes back, two people's texts are merged."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from mobilization.accounts.states import Role
from models_registry import services, transitions
from models_registry.models import Registration, WorkingCopy
from models_registry.states import Level
from models_registry.views import checklist
from tests.accounts.factories import user_with
from tests.models_registry.factories import (
    CampaignFactory,
    CampaignWindowFactory,
    ExtensionFactory,
    RegistrationFactory,
    commune_people,
)

pytestmark = pytest.mark.django_db


def edit(registration, step="content"):
    return reverse("models_registry:edit", args=[registration.pk, step])


@pytest.fixture
def people(client):
    commune, official, reviewer = commune_people()
    client.force_login(official)
    return commune, official, reviewer


@pytest.fixture
def other(people):
    return user_with(Role.OFFICIAL, people[0], full_name="Trần Thị Bình")


def save(registration, actor, **fields):
    return services.save_draft(Registration.objects.get(pk=registration.pk), fields, actor=actor)


def test_edit_shows_unsaved_typing_with_all_slips_and_saving_ends_it(client, people):
    draft = RegistrationFactory(unit=people[0], aim="Đã lưu")
    services.keep_typing(
        people[1], draft, "content", {"aim": "Đang viết", "starts_on": "31/"}, base_version=1
    )
    page = client.get(edit(draft))
    form = page.context["form"]
    assert (form["aim"].value(), form["starts_on"].value()) == ("Đang viết", "31/")
    assert not form.errors
    assert page.context["restored"]
    client.post(edit(draft), {"aim": "Xong", "starts_on": "05/02/2026", "seen_version": "1"})
    assert not WorkingCopy.objects.exists()
    draft.refresh_from_db()
    assert draft.aim == "Xong"


def test_edit_way_back_to_the_saved_text_drops_what_was_typed(client, people):
    draft = RegistrationFactory(unit=people[0], aim="Đã lưu")
    services.keep_typing(people[1], draft, "content", {"aim": "Đang viết"}, base_version=1)
    response = client.post(edit(draft), {"forget": "1"})
    assert response.status_code == 302
    assert client.get(edit(draft)).context["form"]["aim"].value() == "Đã lưu"


def test_edit_with_a_slip_keeps_what_was_typed_on_the_server(client, people):
    draft = RegistrationFactory(unit=people[0])
    assert (
        client.post(edit(draft), {"aim": "Mới", "starts_on": "hôm qua", "seen_version": "1"}).status_code
        == 422
    )
    assert services.typing_of(people[1], draft, "content").typed == {"aim": "Mới", "starts_on": "hôm qua"}


def test_edit_different_fields_of_two_people_are_merged_and_told(client, people, other):
    draft = RegistrationFactory(unit=people[0], aim="Cũ", method="Cũ")
    save(draft, other, aim="Của Bình")
    data = {"aim": "Cũ", "method": "Của tôi", "seen_version": "1", "stay": "1"}
    page = client.post(edit(draft), data, follow=True)
    draft.refresh_from_db()
    assert (draft.aim, draft.method, draft.version) == ("Của Bình", "Của tôi", 3)
    assert "Trần Thị Bình" in str(next(iter(page.context["messages"])))


def test_edit_the_same_field_of_two_people_is_a_choice(client, people, other):
    draft = RegistrationFactory(unit=people[0], aim="Cũ", method="Cũ", partners="Cũ")
    save(draft, other, aim="Của Bình", method="Của Bình", partners="Của Bình")
    mine = {"aim": "Của tôi", "method": "Của tôi", "partners": "Của tôi"}
    page = client.post(edit(draft), mine | {"seen_version": "1"})
    assert page.status_code == 409
    assert [clash["name"] for clash in page.context["clashes"]] == ["aim", "method", "partners"]
    draft.refresh_from_db()
    assert draft.aim == "Của Bình"
    again = mine | {f"mine_{name}": text for name, text in mine.items()}
    again |= {"clash": ["aim", "method", "partners"], "seen_version": "2", "base": "1"}
    unanswered = client.post(edit(draft), again | {"choice_aim": "mine"})
    assert unanswered.status_code == 422
    assert [clash["name"] for clash in unanswered.context["clashes"]] == ["method", "partners"]
    chosen = {
        "choice_aim": "mine",
        "choice_method": "theirs",
        "choice_partners": "anew",
        "partners": "Cả hai",
    }
    assert client.post(edit(draft), again | chosen).status_code == 302
    draft.refresh_from_db()
    assert (draft.aim, draft.method, draft.partners) == ("Của tôi", "Của Bình", "Cả hai")


def test_edit_opened_again_with_a_clash_still_asks(client, people, other):
    draft = RegistrationFactory(unit=people[0], aim="Cũ", method="Cũ")
    services.keep_typing(people[1], draft, "content", {"aim": "Của tôi", "method": "Cũ"}, base_version=1)
    save(draft, other, aim="Của Bình", method="Của Bình")
    page = client.get(edit(draft))
    assert [clash["name"] for clash in page.context["clashes"]] == ["aim"]
    assert page.context["form"]["method"].value() == "Của Bình"
    assert page.context["base"] == 1


def test_edit_from_a_version_that_never_was_overwrites_nothing(client, people):
    draft = RegistrationFactory(unit=people[0], aim="Đã lưu")
    assert client.post(edit(draft), {"aim": "Khác", "seen_version": "77"}).status_code == 409
    draft.refresh_from_db()
    assert draft.aim == "Đã lưu"


def test_edit_that_tells_no_version_is_refused_and_saved_the_second_time(client, people):
    draft = RegistrationFactory(unit=people[0], aim="Đã lưu")
    page = client.post(edit(draft), {"aim": "Khác"})
    draft.refresh_from_db()
    assert (page.status_code, draft.aim) == (409, "Đã lưu")
    assert page.context["form"]["aim"].value() == "Khác"
    again = page.context["form"]["seen_version"].value()
    assert client.post(edit(draft), {"aim": "Khác", "seen_version": again}).status_code == 302
    draft.refresh_from_db()
    assert draft.aim == "Khác"


def test_edit_saved_after_it_was_handed_in_shows_what_was_typed(client, people, other):
    draft = RegistrationFactory(unit=people[0], by_official=other)
    transitions.submit(draft, actor=other)
    page = client.post(edit(draft), {"aim": "Không kịp lưu", "seen_version": "1"})
    assert page.status_code == 409
    assert "Không kịp lưu" in page.content.decode()
    assert services.typing_of(people[1], draft, "content").typed["aim"] == "Không kịp lưu"


def test_edit_after_every_window_closed_is_read_only_until_an_extension(client, people):
    long_ago = timezone.localdate() - datetime.timedelta(days=60)
    draft = RegistrationFactory(unit=people[0], aim="Đọc được")
    for level in Level:
        CampaignWindowFactory(campaign=draft.campaign, level=level, opens_on=long_ago)
    page = client.get(edit(draft))
    assert page.context["closing"].read_only
    assert "Đọc được" in page.content.decode()
    assert 'name="stay"' not in page.content.decode()
    assert client.post(edit(draft), {"aim": "Muộn", "seen_version": "1"}).status_code == 409
    assert services.typing_of(people[1], draft, "content").typed["aim"] == "Muộn"
    ExtensionFactory(campaign=draft.campaign, unit=people[0])
    assert client.post(edit(draft), {"aim": "Kịp", "seen_version": "1"}).status_code == 302


def test_edit_while_another_level_is_open_warns_and_can_be_written(client, people):
    long_ago = timezone.localdate() - datetime.timedelta(days=60)
    draft = RegistrationFactory(unit=people[0])
    CampaignWindowFactory(campaign=draft.campaign, level=draft.level, opens_on=long_ago)
    closing = client.get(edit(draft)).context["closing"]
    assert closing.sentence
    assert not closing.read_only


def test_edit_marks_what_differs_from_last_year(client, people):
    year = timezone.localdate().year
    before = RegistrationFactory(
        unit=people[0],
        campaign=CampaignFactory(year=year - 1),
        recognised=True,
        outcome="maintain",
        aim="Mười hộ",
    )
    draft = transitions.renew(before, CampaignFactory(year=year), actor=people[1])
    save(draft, people[1], aim="Hai mươi hộ")
    page = client.get(edit(draft)).content.decode()
    assert '<span class="last-year" data-last-year="Mười hộ">' in page
    assert f'<span class="last-year" data-last-year="{before.method}" hidden>' in page


def test_edit_counts_the_steps_that_lie_before_one(client, people):
    for state, keys in (("draft", ["identity", "content"]), ("accepted", ["results"])):
        registration = RegistrationFactory(unit=people[0], by_official=people[1], state=state)
        steps = client.get(edit(registration, keys[0])).context["steps"]
        assert [step["key"] for step in steps] == keys


def test_edit_steps_tell_what_is_missing_where(client, people):
    draft = RegistrationFactory(unit=people[0], aim="", person_name="", place="")
    steps = {step["key"]: step for step in client.get(edit(draft, "identity")).context["steps"]}
    assert (steps["identity"]["missing"], steps["content"]["missing"]) == (0, 2)
    links = [need["url"] for need in steps["content"]["needs"] if not need["filled"]]
    assert links == [f"{edit(draft)}#id_aim", f"{edit(draft)}#id_person_name"]


def test_edit_tells_who_else_writes_there(client, people, other):
    draft = RegistrationFactory(unit=people[0])
    services.keep_typing(other, draft, "content", {"aim": "b"}, base_version=1)
    assert "Trần Thị Bình" in client.get(edit(draft)).content.decode()


def test_edit_does_not_show_another_persons_typing(client, people, other):
    draft = RegistrationFactory(unit=people[0], aim="Đã lưu")
    services.keep_typing(other, draft, "content", {"aim": "Riêng của Bình"}, base_version=1)
    assert client.get(edit(draft)).context["form"]["aim"].value() == "Đã lưu"


def test_edit_date_without_strokes_is_read(client, people):
    draft = RegistrationFactory(unit=people[0])
    client.post(edit(draft), {"starts_on": "05022026", "seen_version": "1"})
    draft.refresh_from_db()
    assert draft.starts_on == datetime.date(2026, 2, 5)


@pytest.mark.parametrize("writers", [1, 3])
def test_edit_asks_the_same_however_many_write_there(client, people, writers, django_assert_max_num_queries):
    draft = RegistrationFactory(unit=people[0])
    for _number in range(writers):
        person = user_with(Role.OFFICIAL, people[0])
        services.keep_typing(person, draft, "content", {"aim": "b"}, base_version=1)
    client.get(edit(draft))
    with django_assert_max_num_queries(9):
        assert len(client.get(edit(draft)).context["others"]) == writers


def test_edit_of_a_draft_thrown_away_meanwhile_is_not_there(client, people, other):
    draft = RegistrationFactory(unit=people[0])
    services.discard_draft(draft, actor=other)
    assert client.post(edit(draft), {"aim": "x", "seen_version": "1"}).status_code == 404


FOLD = '<details class="more-fields"'


def test_edit_asks_first_for_what_is_needed_and_folds_the_rest_away(client, people):
    draft = RegistrationFactory(unit=people[0], person_phone="")
    text = client.get(edit(draft)).content.decode()
    assert f"{FOLD}>" in text
    needed, folded = (
        text[: text.index(FOLD)],
        text[text.index(FOLD) : text.index("</details>", text.index(FOLD))],
    )
    for name in ("aim", "method", "starts_on", "person_name"):
        assert f'name="{name}"' in needed
        assert f'name="{name}"' not in folded
    for name in ("content", "households", "partners", "ends_on", "person_phone"):
        assert f'name="{name}"' in folded
        assert f'name="{name}"' not in needed


@pytest.mark.parametrize("step", ["identity", "results"])
def test_edit_folds_nothing_of_other_steps(client, people, step):
    state = "accepted" if step == "results" else "draft"
    registration = RegistrationFactory(unit=people[0], state=state, person_phone="")
    assert FOLD not in client.get(edit(registration, step)).content.decode()


def test_edit_unfolds_where_something_is_written_kept_compared_or_wrong(client, people):
    commune, official, _reviewer = people
    written = RegistrationFactory(unit=commune, person_phone="", households=0)
    kept = RegistrationFactory(unit=commune, person_phone="")
    services.keep_typing(official, kept, "content", {"content": "Đổ bê tông"}, base_version=1)
    wrong = RegistrationFactory(unit=commune, person_phone="")
    past = RegistrationFactory(unit=commune, campaign=CampaignFactory(year=timezone.localdate().year - 1))
    again = RegistrationFactory(
        unit=commune, person_phone="", model=past.model, previous=past, novelty="maintained"
    )
    pages = [client.get(edit(registration)) for registration in (written, kept, again)]
    pages.append(client.post(edit(wrong), {"households": "chừng 120", "seen_version": "1"}))
    for page in pages:
        assert f"{FOLD} open>" in page.content.decode()


def test_edit_unfolds_what_the_reviewer_remarks(client, people):
    commune, official, reviewer = people
    registration = RegistrationFactory(unit=commune, submitted=True, by_official=official, person_phone="")
    transitions.return_(registration, actor=reviewer, reason="Sửa", remarks={"households": "Ghi số hộ"})
    text = client.get(edit(registration)).content.decode()
    assert f"{FOLD} open>" in text
    assert text.index(FOLD) < text.index("Ghi số hộ") < text.index("</details>", text.index("Ghi số hộ"))


def test_edit_that_was_refused_leads_from_the_top_to_each_field(client, people):
    draft = RegistrationFactory(unit=people[0])
    slips = {"households": "khoảng 120 hộ", "starts_on": "31/02/2026"}
    page = client.post(edit(draft), slips | {"aim": "Mới", "method": "Họp dân", "seen_version": "1"})
    assert [one["id"] for one in page.context["refused"]] == ["id_starts_on", "id_households"]
    text = page.content.decode()
    alert = text[text.index('id="refused"') :]
    assert text.index('id="refused"') < text.index('class="form-steps"')
    assert 'role="alert"' in alert[:100]
    assert alert.index('href="#id_starts_on"') < alert.index('href="#id_households"') < alert.index("</ul>")
    assert f'action="{edit(draft)}"' in text


def test_edit_what_was_refused_does_not_count_as_there(client, people):
    draft = RegistrationFactory(unit=people[0])
    slips = {"households": "khoảng 120 hộ", "starts_on": "31/02/2026"}
    client.post(edit(draft), slips | {"aim": "Mới", "method": "Họp dân", "seen_version": "1"})
    again = client.get(edit(draft))
    step = next(one for one in again.context["steps"] if one["current"])
    assert step["slips"] == 2
    assert [need["name"] for need in step["needs"] if not need["filled"]] == ["starts_on"]
    assert 'data-step-count="content"' not in again.content.decode()
    assert not again.context["refused"]


def test_edit_as_it_was_saved_has_nothing_to_mend(client, people):
    page = client.get(edit(RegistrationFactory(unit=people[0])))
    assert sum(one["slips"] for one in page.context["steps"]) == 0
    assert 'role="alert"' not in page.content.decode()


def test_edit_that_was_saved_tells_what_the_step_still_lacks(client, people):
    draft = RegistrationFactory(unit=people[0], title="")
    data = {
        "aim": "Mới",
        "method": "",
        "starts_on": "",
        "person_name": "An",
        "seen_version": "1",
        "stay": "1",
    }
    page = client.post(edit(draft), data, follow=True)
    told = str(next(iter(page.context["messages"])))
    labels = {name: checklist.label_of(name) for name in ("method", "starts_on", "title", "aim")}
    assert {name for name, label in labels.items() if label in told} == {"method", "starts_on"}


def test_edit_that_was_saved_with_all_it_needs_is_told_briefly(client, people):
    draft = RegistrationFactory(unit=people[0], title="")
    whole = {"aim": "Mới", "method": "Họp dân", "starts_on": "05/02/2026", "person_name": "An"}
    page = client.post(edit(draft), whole | {"seen_version": "1", "stay": "1"}, follow=True)
    assert str(next(iter(page.context["messages"]))) == gettext("Saved.")


def go_on(client, registration, step, **fields):
    sent = {"seen_version": registration.version, "next": "1"} | fields
    return client.post(edit(registration, step), sent)["Location"]


def test_edit_that_completes_the_draft_leads_to_the_whole(client, people):
    draft = RegistrationFactory(unit=people[0], level="")
    assert go_on(client, draft, "identity", **identity_of(draft) | {"level": ""}) == edit(draft, "content")
    draft.refresh_from_db()
    whole = reverse("models_registry:preview", args=[draft.pk])
    assert go_on(client, draft, "identity", **identity_of(draft)) == whole


def test_edit_of_what_another_year_began_leads_through_each_step(client, people):
    past = RegistrationFactory(
        unit=people[0], recognised=True, campaign=CampaignFactory(year=timezone.localdate().year - 1)
    )
    draft = RegistrationFactory(unit=people[0], model=past.model, previous=past, novelty="maintained")
    assert go_on(client, draft, "identity", **identity_of(draft)) == edit(draft, "content")


@pytest.mark.parametrize(
    ("level", "days", "standing"), [("grassroots", 0, "open"), ("grassroots", 25, "late")]
)
def test_edit_tells_until_when_it_is_to_be_handed_in(client, people, level, days, standing):
    opened = timezone.localdate() - datetime.timedelta(days=days)
    window = CampaignWindowFactory(opens_on=opened)
    draft = RegistrationFactory(unit=people[0], campaign=window.campaign, level=level)
    page = client.get(edit(draft))
    assert page.context["deadline"] == {"window": window, "standing": standing, "until": None}
    assert f"{window.closes_on:%d/%m/%Y}" in page.content.decode()


def test_edit_after_the_window_closed_tells_until_when_the_extension_lasts(client, people):
    opened = timezone.localdate() - datetime.timedelta(days=60)
    window = CampaignWindowFactory(opens_on=opened)
    more = ExtensionFactory(campaign=window.campaign, unit=people[0])
    draft = RegistrationFactory(unit=people[0], campaign=window.campaign, level="grassroots")
    assert f"{more.until:%d/%m/%Y}" in client.get(edit(draft)).content.decode()


def test_edit_title_sent_in_two_lines_is_one(client, people):
    draft = RegistrationFactory(unit=people[0])
    go_on(client, draft, "identity", **identity_of(draft) | {"title": "Khéo trong\r\nhiến đất"})
    draft.refresh_from_db()
    assert draft.title == "Khéo trong hiến đất"


def identity_of(draft):
    names = ("title", "place", "registrant", "kind", "subject", "field", "novelty")
    return {name: getattr(draft, name) for name in names} | {"level": "grassroots"}
