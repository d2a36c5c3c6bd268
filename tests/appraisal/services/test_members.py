"""Who sits in a session, and whom the chair keeps from voting on an item."""

import threading

import pytest
from django.db import connection

from mobilization.accounts.states import Role
from mobilization.appraisal import minutes, services
from mobilization.appraisal.council import table
from mobilization.appraisal.models import AgendaItem
from mobilization.appraisal.states import Part, Verdict
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from tests.accounts.factories import user_with
from tests.appraisal.factories import SessionMemberFactory, StandingAsideFactory, sitting

pytestmark = pytest.mark.django_db
WIFE = "Là vợ của người đăng ký"


def rows_of(session):
    """Return the members as the form sends them back unchanged."""
    names = ("pk", "user", "name", "post", "part", "votes", "present")
    return [{name: getattr(one, name) for name in names} for one in session.members.all()]


def guest_of(session):
    return session.members.filter(user=None, votes=True).first()


def test_aside_takes_the_vote_and_the_minutes_tell_it():
    session, chair = sitting(quorum=2)
    item, other = session.items.in_order()
    guest = guest_of(session)

    services.stand_aside(item, guest, reason=f" {WIFE} ", actor=chair)

    both = table(session, [item, other])
    assert (both.entitled(item), both.entitled(other)) == (2, 3)
    assert minutes.facts(session)["items"][0]["kept_out"] == [f"{guest.name} ({WIFE})"]
    votes = {"votes_against": 0, "abstained": 0, "verdict": Verdict.RECOGNISE, "actor": chair}
    with pytest.raises(DomainError) as refused:
        services.vote(item, votes_for=3, **votes)
    assert set(refused.value.fields) == {"votes_for"}
    services.vote(item, votes_for=2, **votes)
    services.vote_rest(session, actor=chair)
    closed = services.close(session, minutes_number="12/BB", actor=chair)
    assert minutes.facts(closed)["items"][0]["kept_out"] == [f"{guest.name} ({WIFE})"]
    assert AuditEntry.objects.filter(act="session.aside").count() == 1


def test_aside_leaves_too_few_for_the_quorum_of_the_item():
    session, chair = sitting(quorum=3)
    item, _other = session.items.in_order()
    services.stand_aside(item, guest_of(session), reason=WIFE, actor=chair)

    with pytest.raises(DomainError) as refused:
        services.vote(item, votes_for=2, votes_against=0, abstained=0, verdict=Verdict.RECOGNISE, actor=chair)
    assert "3" in refused.value.fields["votes_for"][0]
    assert services.vote_rest(session, actor=chair) == 1
    assert list(session.items.undecided()) == [item]
    with pytest.raises(Conflict) as refused:
        services.close(session, minutes_number="12/BB", actor=chair)
    assert refused.value.code == "items"


def test_aside_strikes_the_votes_that_counted_the_member():
    session, chair = sitting(quorum=2)
    item = session.items.in_order().first()
    services.vote_rest(session, actor=chair)

    aside = services.stand_aside(item, guest_of(session), reason=WIFE, actor=chair)

    item.refresh_from_db()
    assert (item.verdict, item.votes_for) == ("", None)
    assert services.vote_rest(session, actor=chair) == 1
    services.take_part_again(aside, actor=chair)
    services.take_part_again(aside, actor=chair)
    item.refresh_from_db()
    assert (item.verdict, table(session, [item]).entitled(item)) == ("", 3)


def test_aside_is_refused_without_a_reason_twice_and_for_whoever_has_no_vote():
    session, chair = sitting()
    item, guest = session.items.first(), guest_of(session)
    secretary = session.members.get(part=Part.SECRETARY)

    for member, reason in ((guest, "  "), (secretary, WIFE), (SessionMemberFactory(), WIFE)):
        with pytest.raises(DomainError):
            services.stand_aside(item, member, reason=reason, actor=chair)
    services.stand_aside(item, guest, reason=WIFE, actor=chair)
    with pytest.raises(Conflict):
        services.stand_aside(item, guest, reason="Khác", actor=chair)
    assert item.standing_aside.get().reason == WIFE


def test_aside_with_an_account_is_asked_for_no_sheet_and_does_not_close():
    session, chair = sitting(quorum=2)
    seat = session.members.get(user=chair)
    first = session.items.in_order().first()
    services.stand_aside(first, seat, reason="Là anh em", actor=chair)
    services.vote_rest(session, actor=chair)

    with pytest.raises(Conflict) as refused:
        services.close(session, minutes_number="12/BB", actor=chair)
    assert refused.value.code == "items"
    services.close(session, minutes_number="12/BB", actor=user_with(Role.REVIEWER, session.unit))


def test_aside_is_not_before_the_member():
    session, chair = sitting()
    first, second = session.items.in_order()
    StandingAsideFactory(item=first, member=session.members.get(user=chair))

    assert list(AgendaItem.objects.before(chair)) == [second]


def test_members_saved_again_keep_who_takes_no_part():
    session, chair = sitting()
    aside = StandingAsideFactory(item=session.items.first(), member=guest_of(session))

    rows = rows_of(session)
    for row in rows:
        row["post"] = "Ủy viên"
    services.set_members(session, rows, actor=chair)

    assert session.items.get(pk=aside.item_id).standing_aside.get().member.post == "Ủy viên"
    assert {row["pk"] for row in rows_of(session)} == {row["pk"] for row in rows}


def test_members_row_with_another_account_is_another_person():
    session, chair = sitting()
    guest = guest_of(session)
    StandingAsideFactory(item=session.items.first(), member=guest)

    rows = rows_of(session)
    next(row for row in rows if row["pk"] == guest.pk)["user"] = user_with(Role.REVIEWER, session.unit)
    services.set_members(session, rows, actor=chair)

    assert not session.items.first().standing_aside.exists()
    assert session.members.count() == len(rows)


def test_members_can_change_places():
    session, chair = sitting()
    rows = rows_of(session)
    swapped = {Part.CHAIR: Part.SECRETARY, Part.SECRETARY: Part.CHAIR}
    for row in rows:
        row["part"] = swapped.get(row["part"], row["part"])

    services.set_members(session, rows, actor=chair)

    assert session.members.get(user=chair).part == Part.SECRETARY


def test_change_after_somebody_elses_is_refused():
    session, chair = sitting()
    services.change_session(session, title="Khác", actor=chair, seen_version=1)

    with pytest.raises(Conflict):
        services.change_session(session, title="Của tôi", actor=chair, seen_version=1)
    with pytest.raises(Conflict):
        services.set_members(session, rows_of(session), actor=chair, seen_version=1)
    session.refresh_from_db()
    assert (session.title, session.version) == ("Khác", 2)


@pytest.mark.django_db(transaction=True)
def test_change_by_two_at_once_is_done_once():
    session, chair = sitting()
    start, outcomes = threading.Barrier(2), []

    def run(title):
        start.wait()
        try:
            services.change_session(session, title=title, actor=chair, seen_version=1)
            outcomes.append(title)
        except Conflict:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(title,)) for title in ("Của tôi", "Của người kia")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    session.refresh_from_db()
    assert sorted(outcomes) == sorted(["told", session.title])
    assert session.version == 2
