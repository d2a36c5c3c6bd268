"""Pages of the sessions of the council."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mobilization.accounts.states import Role
from mobilization.appraisal import services
from mobilization.appraisal.models import Appraisal, CouncilSession
from mobilization.appraisal.states import Part
from mobilization.publication.models import PendingDecision
from tests.accounts.factories import user_with
from tests.appraisal.factories import (
    AgendaItemFactory,
    AppraisalFactory,
    CouncilSessionFactory,
    SessionMemberFactory,
    StandingAsideFactory,
    sitting,
)
from tests.models_registry.factories import (
    CampaignFactory,
    DeclarationFactory,
    RegistrationFactory,
    city_staff,
    commune_people,
)
from tests.units.factories import city

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"appraisal:{name}", args=args)


def statements(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_session_is_planned_filled_held_voted_and_closed_by_its_pages(client):
    commune, _official, reviewer = commune_people()
    campaign = CampaignFactory()
    registrations = RegistrationFactory.create_batch(3, unit=commune, reported=True)
    client.force_login(reviewer)
    facts = {
        "seat": f"{commune.pk}:grassroots",
        "campaign": campaign.pk,
        "title": "Họp Hội đồng",
        "held_on": f"{timezone.localdate():%d/%m/%Y}",
        "place": "Hội trường",
        "quorum": 2,
    }
    client.post(url("session_add"), facts)
    session = CouncilSession.objects.get()
    members = {"members-TOTAL_FORMS": 3, "members-INITIAL_FORMS": 0}
    seats = [
        {"user": reviewer.pk, "part": "chair"},
        {"name": "Lê Thị Hoa", "part": "member"},
        {"part": "member"},
    ]
    for number, seat in enumerate(seats):
        seat |= {"votes": "on", "present": "on"}
        members |= {f"members-{number}-{name}": value for name, value in seat.items()}
    assert client.post(url("members", session.pk), members).status_code == 409
    client.post(url("members", session.pk), members | {"seen_version": session.version})
    assert session.members.count() == 2
    client.post(url("agenda", session.pk), {"rows": "ticked", "id": [registrations[0].pk]})
    client.post(url("agenda", session.pk), {"rows": "all", "q": "field=economy"})
    assert session.items.count() == 3
    client.post(url("hold", session.pk))
    first, second, _third = session.items.in_order()
    votes = {"votes_for": 2, "votes_against": 0, "abstained": 0, "verdict": "recognise", "exemplary": "on"}
    votes |= {"seen_at": first.changed_at.isoformat()}
    assert client.post(url("vote", first.pk), votes)["Location"] == url("vote", second.pk)
    client.post(url("vote_rest", session.pk))
    assert client.get(url("session", session.pk)).context["undecided"] == 0
    seen = client.get(url("close", session.pk)).context["form"]["seen"].value()
    assert client.post(url("close", session.pk), {"minutes_number": "12/BB-HĐ"}).status_code == 409
    number = {"minutes_number": "12/BB-HĐ", "seen": seen}
    assert client.post(url("close", session.pk), number).status_code == 302

    assert PendingDecision.objects.count() == 3
    assert client.get(url("minutes", session.pk))["Content-Type"] == "application/pdf"
    assert client.get(url("close", session.pk)).status_code == 404
    assert client.post(url("close", session.pk), number | {"minutes_number": "13"}).status_code == 302
    assert PendingDecision.objects.count() == 3


def test_session_of_another_councils_seat_cannot_be_planned(client):
    _commune, _official, reviewer = commune_people()
    client.force_login(reviewer)

    answer = client.post(url("session_add"), {"seat": f"{city().pk}:city", "campaign": CampaignFactory().pk})

    assert answer.status_code == 422
    assert not CouncilSession.objects.exists()


def test_session_is_seen_by_its_members_and_by_nobody_else(client):
    session, chair = sitting()
    leader = user_with(Role.CITY_LEADER, city())
    stranger = commune_people()[2]
    SessionMemberFactory(session=session, user=leader)
    for user, status in ((chair, 200), (leader, 200), (city_staff(), 200), (stranger, 404)):
        client.force_login(user)
        assert client.get(url("session", session.pk)).status_code == status
        assert (session in client.get(url("sessions")).context["object_list"]) == (status == 200)


def test_session_is_changed_by_whoever_decides_there_only(client):
    session, _chair = sitting()
    leader = user_with(Role.CITY_LEADER, city())
    SessionMemberFactory(session=session, user=leader, part=Part.MEMBER)
    for user in (leader, city_staff()):
        client.force_login(user)
        for name in ("hold", "vote_rest", "close"):
            assert client.post(url(name, session.pk)).status_code == 404
        assert client.get(url("vote", session.items.first().pk)).status_code == 404


def test_close_refused_tells_why_and_keeps_the_number(client):
    session, chair = sitting()
    client.force_login(chair)

    seen = client.get(url("close", session.pk)).context["form"]["seen"].value()
    answer = client.post(url("close", session.pk), {"minutes_number": "12/BB-HĐ", "seen": seen})

    assert answer.status_code == 409
    assert "12/BB-HĐ" in answer.content.decode()
    assert answer.context["form"].non_field_errors()


def test_vote_refused_keeps_what_was_typed(client):
    session, chair = sitting()
    client.force_login(chair)
    item = session.items.first()
    typed = {"votes_for": 9, "votes_against": 0, "abstained": 0, "verdict": "recognise", "reason": "Lời dài"}

    answer = client.post(url("vote", item.pk), typed | {"seen_at": item.changed_at.isoformat()})

    assert answer.status_code == 422
    assert "Lời dài" in answer.content.decode()


@pytest.mark.parametrize("told", [True, False])
def test_votes_written_by_two_the_second_is_told_and_may_write_over_them_on_purpose(client, told):
    session, chair = sitting()
    client.force_login(chair)
    page = url("vote", session.items.first().pk)
    seen = client.get(page).context["form"]["seen_at"].value()
    votes = {"votes_against": 0, "abstained": 0, "verdict": "recognise"}
    assert client.post(page, votes | {"votes_for": 3, "seen_at": seen}).status_code == 302

    mine = votes | {"votes_for": 2, "votes_against": 1}
    answer = client.post(page, mine | ({"seen_at": seen} if told else {}))

    form = answer.context["form"]
    assert (answer.status_code, form["votes_for"].value()) == (409, "2")
    assert form.non_field_errors()
    assert session.items.get(votes_for=3)
    assert client.post(page, mine | {"seen_at": form["seen_at"].value()}).status_code == 302
    assert session.items.get(votes_for=2)


@pytest.mark.parametrize("seen", ["x", "2026-13-01T00:00:00", "\x00", "9" * 50])
def test_vote_with_a_damaged_time_changes_nothing(client, seen):
    session, chair = sitting()
    client.force_login(chair)
    votes = {"votes_for": 3, "votes_against": 0, "abstained": 0, "verdict": "recognise", "seen_at": seen}
    assert client.post(url("vote", session.items.first().pk), votes).status_code in {409, 422}
    assert not session.items.exclude(verdict="").exists()


@pytest.mark.parametrize("query", ["unit=%00", "q=%00", "field=x", "cursor=x", "unit=thu", "kind=model"])
def test_agenda_answers_any_filter(client, query):
    session, chair = sitting()
    client.force_login(chair)

    assert client.get(f"{url('agenda', session.pk)}?{query}").status_code == 200
    assert client.post(url("agenda", session.pk), {"rows": "all", "q": query}).status_code == 302
    assert client.post(url("agenda", session.pk), {"id": ["x", "9" * 30, ""]}).status_code == 302


def test_pages_take_the_same_number_of_statements_for_one_and_three(client):
    session, chair = sitting(items=1)
    client.force_login(chair)
    RegistrationFactory(unit=session.unit, reported=True)
    pages = (
        url("session", session.pk),
        url("sessions"),
        url("agenda", session.pk),
        url("minutes", session.pk),
    )
    before = [statements(client, page) for page in pages for _again in range(2)][1::2]
    AgendaItemFactory.create_batch(2, session=session)
    CouncilSessionFactory.create_batch(2, unit=session.unit)
    RegistrationFactory.create_batch(2, unit=session.unit, reported=True)

    assert [statements(client, page) for page in pages] == before


def test_members_written_by_two_the_second_is_told_and_keeps_what_was_typed(client):
    session, chair = sitting(held=False)
    client.force_login(chair)
    page = url("members", session.pk)
    seen = client.get(page).context["session"].version

    def named(name):
        member = {"members-0-name": name, "members-0-part": "chair", "members-0-votes": "on"}
        return {"members-TOTAL_FORMS": 1, "members-INITIAL_FORMS": 0} | member

    assert client.post(page, named("Của người kia") | {"seen_version": seen}).status_code == 302
    answer = client.post(page, named("Của tôi") | {"seen_version": seen})
    assert answer.status_code == 409
    assert answer.context["formset"][0]["name"].value() == "Của tôi"
    assert [one.name for one in answer.context["now"]] == ["Của người kia"]
    assert session.members.get().name == "Của người kia"
    again = {"seen_version": answer.context["session"].version}
    assert client.post(page, named("Của tôi") | again).status_code == 302
    assert session.members.get().name == "Của tôi"


@pytest.mark.parametrize("told", [True, False])
def test_session_changed_by_two_the_second_is_told_and_keeps_what_was_typed(client, told):
    session, chair = sitting(held=False)
    client.force_login(chair)
    page = url("session_edit", session.pk)
    seen = client.get(page).context["form"]["seen_version"].value()
    facts = {"held_on": f"{session.held_on:%d/%m/%Y}", "place": "Phòng 1", "quorum": 2}
    other = user_with(Role.REVIEWER, session.unit)
    client.force_login(other)
    assert client.post(page, facts | {"title": "Của người kia", "seen_version": seen}).status_code == 302

    client.force_login(chair)
    mine = facts | {"title": "Của tôi", "place": "Phòng 2"}
    answer = client.post(page, mine | ({"seen_version": seen} if told else {}))

    form = answer.context["form"]
    assert (answer.status_code, form["title"].value(), form["place"].value()) == (409, "Của tôi", "Phòng 2")
    assert form.non_field_errors()
    assert answer.context["now"].title == "Của người kia"
    session.refresh_from_db()
    assert session.title == "Của người kia"
    assert client.post(page, mine | {"seen_version": form["seen_version"].value()}).status_code == 302
    session.refresh_from_db()
    assert session.title == "Của tôi"


def test_member_without_an_account_is_kept_from_one_item_and_votes_again(client):
    session, chair = sitting(quorum=2)
    client.force_login(chair)
    item = session.items.in_order().first()
    guest = session.members.filter(user=None, votes=True).first()
    page = url("aside", item.pk)

    refused = client.post(page, {"member": guest.pk, "reason": ""})
    assert refused.status_code == 422
    assert client.post(page, {"member": guest.pk, "reason": "Là vợ của người đăng ký"})["Location"] == page

    shown = client.get(page)
    assert (shown.context["entitled"], shown.context["enough"]) == (2, True)
    assert guest not in shown.context["form"].fields["member"].queryset
    assert (
        f"{guest.name} (Là vợ của người đăng ký)" in client.get(url("session", session.pk)).content.decode()
    )
    client.post(url("take_part", item.standing_aside.get().pk))
    assert client.get(page).context["entitled"] == 3


def test_standing_aside_is_not_found_by_others_nor_once_the_session_is_closed(client):
    session, chair = sitting()
    aside = StandingAsideFactory(item=session.items.first())
    pages = [("aside", aside.item_id), ("take_part", aside.pk), ("take_part", 0)]
    client.force_login(commune_people()[2])
    assert [client.post(url(*page)).status_code for page in pages] == [404] * 3

    aside.delete()
    services.vote_rest(session, actor=chair)
    services.close(session, minutes_number="12/BB", actor=chair)
    client.force_login(chair)
    assert client.get(url("aside", aside.item_id)).status_code == 404


def test_list_is_searched_sorted_narrowed_and_shows_the_chosen_columns(client):
    session, chair = sitting(title="Phiên họp bình xét đợt một", minutes_number="12/BB-HĐ")
    CouncilSessionFactory(unit=session.unit, title="Họp khác")
    client.force_login(chair)
    page = url("sessions")

    def found(query):
        return list(client.get(f"{page}?{query}").context["object_list"])

    assert found("q=binh+xet") == found("q=12/BB") == found("state=held") == [session]
    assert found("year=999999") == found("q=%00") == []
    assert len(found("order=day")) == 2
    shown = client.get(f"{page}?columns=place,recognised").content.decode()
    assert "Hội trường tầng 2" in shown
    assert session.unit.full_name not in shown.split("<tbody>")[1].split("</tbody>")[0]


def test_list_as_a_file_holds_the_sessions_that_are_seen_and_no_others(client):
    session, chair = sitting()
    other = CouncilSessionFactory(title="Của nơi khác")
    client.force_login(chair)

    content = b"".join(client.get(f"{url('sessions')}?export=csv").streaming_content).decode()

    assert session.title in content
    assert other.title not in content


def test_session_shows_the_mean_of_the_sheets_on_what_came_onto_the_agenda(client):
    commune, _official, reviewer = commune_people()
    item = AgendaItemFactory(session__unit=commune, registration__unit=commune)
    for total, version in ((40, item.seen_version), (60, item.seen_version), (90, item.seen_version - 1)):
        AppraisalFactory(registration=item.registration, total=total, seen_version=version)
    client.force_login(reviewer)

    page = client.get(item.session.get_absolute_url())

    assert [one.mean for one in page.context["items"]] == [(50, 2)]
    sheet = Appraisal.objects.get(total=60)
    DeclarationFactory(registration=sheet.registration, reviewer=sheet.appraiser, is_related=True)
    page = client.get(item.session.get_absolute_url())
    assert [one.mean for one in page.context["items"]] == [(40, 1)]


def test_close_over_votes_that_were_not_seen_shows_them_first(client):
    session, chair = sitting()
    services.vote_rest(session, actor=chair)
    client.force_login(chair)
    page = url("close", session.pk)
    number = {"minutes_number": "12/BB-HĐ", "seen": client.get(page).context["form"]["seen"].value()}
    no = {"votes_for": 0, "votes_against": 3, "abstained": 0, "verdict": "refuse", "reason": "Chưa đạt"}
    services.vote(session.items.first(), actor=chair, **no)

    answer = client.post(page, number)

    assert (answer.status_code, answer.context["no"]) == (409, 1)
    assert answer.context["form"]["minutes_number"].value() == "12/BB-HĐ"
    assert not PendingDecision.objects.exists()
    again = {"seen": answer.context["form"]["seen"].value()}
    assert client.post(page, number | again).status_code == 302
    assert PendingDecision.objects.filter(act="refuse").count() == 1


def test_words_of_a_relation_are_for_the_chair_and_whoever_declared_it(client):
    session, chair = sitting(unit=city(), level="city", items=1)
    declared, other = city_staff(), city_staff()
    for one in (declared, other):
        SessionMemberFactory(session=session, user=one, name=one.full_name)
    registration = session.items.get().registration
    DeclarationFactory(
        registration=registration, reviewer=declared, is_related=True, relation="Em trai của chủ nhiệm"
    )
    own_page = registration.get_absolute_url()
    for user, reads in ((chair, True), (declared, True), (other, False)):
        client.force_login(user)
        assert ("Em trai của chủ nhiệm" in client.get(url("session", session.pk)).content.decode()) == reads
        assert declared.full_name in client.get(url("session", session.pk)).content.decode()
        assert ("Em trai của chủ nhiệm" in client.get(own_page).content.decode()) == reads
