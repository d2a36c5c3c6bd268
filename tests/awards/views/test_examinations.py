import pytest
from django.urls import reverse
from django.utils import timezone

from awards.models import Examination, Nomination
from awards.nominating import examining
from awards.nominating.proposing import withdraw
from mobilization.audit.models import AuditEntry
from mobilization.jobs.models import Job
from mobilization.jobs.tasks import run
from tests.accounts.factories import UserFactory, user_with
from tests.awards.factories import NominationFactory, RecipientFactory, examined, form_on, submitted

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def minutes(**changes):
    facts = {"number": "05/BB-HĐ", "held_on": timezone.localdate().strftime("%d/%m/%Y"), "present": "11"}
    return facts | {"chair": "Trần Văn A", "secretary": "Lê Thị B"} | changes


def asked(client, *rows):
    return client.get(url("examine"), {"id": [row.pk for row in rows]})


def test_examine_votes_left_empty_mean_all_but_those_against(client, staff):
    client.force_login(staff)
    one, two = submitted(2)
    page = asked(client, one, two)
    typed = minutes(ticket=page.context["ticket"], **{f"against-{one.pk}": "2", f"for-{two.pk}": "9"})

    answer = client.post(url("examine"), typed)

    examination = Examination.objects.get()
    assert answer.url == examination.get_absolute_url()
    found = examination.items.order_by("nomination").values_list("votes_for", "votes_against")
    assert list(found) == [(9, 2), (9, 0)]


def test_examine_one_body_at_a_time_the_others_are_told(client, staff, commune):
    client.force_login(staff)
    rows = submitted(2)
    local = form_on("commune", timezone.localdate())
    other = submitted(1, recipient=RecipientFactory(unit=commune), form=local)[0]

    page = asked(client, *rows, other)

    assert [row.pk for row in page.context["form"].nominations] == [row.pk for row in rows]
    assert [row.pk for row, _reason in page.context["cannot"]] == [other.pk]


@pytest.mark.parametrize(
    "changes",
    [
        {"number": ""},
        {"number": "\n"},
        {"present": "0"},
        {"present": "9999999999"},
        {"held_on": "32/01/2026"},
        {"held_on": "01/01/2099"},
        {"chair": "\x00"},
        {"for": "12"},
        {"for": "-1"},
        {"against": "x"},
    ],
)
def test_examine_bad_input_is_told_and_nothing_written(client, staff, changes):
    client.force_login(staff)
    (row,) = submitted()
    page = asked(client, row)
    typed = {
        f"{name}-{row.pk}" if name in ("for", "against") else name: text for name, text in changes.items()
    }

    answer = client.post(url("examine"), minutes(ticket=page.context["ticket"], **typed))

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Examination.objects.exists()


def test_examine_changed_meanwhile_is_told_and_what_was_typed_stays(client, staff):
    client.force_login(staff)
    (row,) = submitted()
    page = asked(client, row)
    Nomination.objects.filter(pk=row.pk).update(version=9)

    answer = client.post(url("examine"), minutes(ticket=page.context["ticket"]))

    assert answer.status_code == 422
    assert "05/BB-HĐ" in answer.content.decode()


def test_examine_a_line_that_is_gone_is_told_before_the_minutes_are_written(client, staff):
    client.force_login(staff)
    one, two = submitted(2)
    typed = minutes(ticket=asked(client, one, two).context["ticket"], **{f"for-{one.pk}": "7"})
    withdraw(two, actor=UserFactory(), reason="Trùng")

    page = client.post(url("examine"), typed)

    assert page.status_code == 409
    assert not Examination.objects.exists()
    assert [row.pk for row, _reason in page.context["cannot"]] == [two.pk]
    assert page.context["form"][f"for-{one.pk}"].value() == "7"
    client.post(url("examine"), typed | {"ticket": page.context["ticket"]})
    assert Examination.objects.get().items.get().votes_for == 7


def test_examine_own_nominations_are_not_offered(client, staff):
    client.force_login(staff)
    (row,) = submitted(typed_by=staff)

    assert not asked(client, row).context["form"].nominations


def test_examine_ticket_that_is_none_leads_back(client, staff):
    client.force_login(staff)

    assert client.post(url("examine"), minutes(ticket="x")).url == url("nominations")


def test_minutes_and_page_cost_the_same_for_one_and_three(client, staff, django_assert_max_num_queries):
    client.force_login(staff)
    counts = []
    for number in (1, 3):
        examination = examined(number)[0].vote.examination
        with django_assert_max_num_queries(30) as captured:
            assert client.get(examination.get_absolute_url()).status_code == 200
        counts.append(len(captured))
        assert client.get(url("minutes", examination.pk))["Content-Type"] == "application/pdf"

    assert counts[0] == counts[1]


def test_draft_papers_and_letter_are_handed_over(client, commune):
    client.force_login(user_with("official", commune))
    row = NominationFactory(recipient=RecipientFactory(unit=commune))

    for part in ("proposal", "report"):
        assert client.get(url("nomination_draft", row.pk, part))["Content-Type"] == "application/pdf"
    assert client.get(url("nomination_draft", row.pk, "minutes")).status_code == 404
    assert client.get(url("nomination_draft", row.pk, "nix")).status_code == 404
    letter = client.get(url("nominations_letter"), {"id": row.pk})
    assert letter["Content-Type"] == "application/pdf"


@pytest.fixture
def _few_are_long(monkeypatch):
    """Two have fields of their own, more are a long examination."""
    monkeypatch.setattr("awards.views.examinations.FIELDS", 2)


def long_page(client, count=3):
    rows = submitted(count)
    return rows, asked(client, *rows)


@pytest.mark.usefixtures("_few_are_long")
def test_examine_many_one_vote_on_all_and_exceptions_by_number(client, staff):
    client.force_login(staff)
    rows, page = long_page(client)
    typed = minutes(ticket=page.context["ticket"], against="1", otherwise="2: 7/4\n\n 3. 11 - 0 ")

    answer, again = (client.post(url("examine"), typed) for _time in range(2))

    job = Job.objects.get(kind=examining.KIND)
    assert answer.url == again.url == job.get_absolute_url()
    run(str(job.pk))
    job.refresh_from_db()
    found = Examination.objects.get()
    votes = found.items.order_by("nomination").values_list("votes_for", "votes_against")
    assert list(votes) == [(10, 1), (7, 4), (11, 0)]
    assert job.leads_to[1] == found.get_absolute_url()
    assert {row.state for row in Nomination.objects.filter(pk__in=[row.pk for row in rows])} == {"examined"}


@pytest.mark.usefixtures("_few_are_long")
def test_examine_many_run_again_records_one_examination(client, staff):
    client.force_login(staff)
    _rows, page = long_page(client)
    client.post(url("examine"), minutes(ticket=page.context["ticket"]))
    job = Job.objects.get(kind=examining.KIND)

    first, second = (examining.run(job.payload, actor=staff) for _time in range(2))

    assert first == second
    assert Examination.objects.count() == 1


@pytest.mark.usefixtures("_few_are_long")
@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("otherwise", "mot: 9/2"),
        ("otherwise", "4: 9/2"),
        ("otherwise", "1: 9/2\n1: 8/3"),
        ("otherwise", "1: 9/3"),
        ("otherwise", "1: 9\x00/2"),
        ("against", "12"),
        ("against", "x"),
    ],
)
def test_examine_many_exception_that_cannot_be_is_told_at_its_field(client, staff, field, text):
    client.force_login(staff)
    _rows, page = long_page(client)

    answer = client.post(url("examine"), minutes(ticket=page.context["ticket"], **{field: text}))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Job.objects.exists()


@pytest.mark.usefixtures("_few_are_long")
def test_examine_many_numbers_stay_with_their_line_when_another_is_gone(client, staff):
    client.force_login(staff)
    rows, page = long_page(client)
    typed = minutes(ticket=page.context["ticket"], otherwise="3: 5/6")
    withdraw(rows[0], actor=UserFactory(), reason="Trùng")

    page = client.post(url("examine"), typed)
    client.post(url("examine"), typed | {"ticket": page.context["ticket"]})
    run(str(Job.objects.get(kind=examining.KIND).pk))

    votes = Examination.objects.get().items.order_by("nomination").values_list("votes_for", "votes_against")
    assert list(votes) == [(11, 0), (5, 6)]


@pytest.mark.usefixtures("_few_are_long")
def test_examine_many_refused_by_the_job_leads_back_to_what_was_typed(client, staff):
    client.force_login(staff)
    rows, page = long_page(client)
    client.post(url("examine"), minutes(ticket=page.context["ticket"], otherwise="3: 5/6"))
    Nomination.objects.filter(pk=rows[1].pk).update(version=9)
    job = Job.objects.get(kind=examining.KIND)
    run(str(job.pk))
    job.refresh_from_db()

    again = client.get(job.leads_to[1])

    assert not Examination.objects.exists()
    assert rows[1].recipient_name in job.result["refused"]
    assert again.context["form"]["otherwise"].value() == "3: 5/6"
    client.post(url("examine"), minutes(ticket=again.context["ticket"], otherwise="3: 5/6"))
    run(str(Job.objects.filter(kind=examining.KIND).latest("created_at").pk))
    assert Examination.objects.get().items.count() == 3


@pytest.mark.parametrize("job", ["x", "", "00000000-0000-0000-0000-000000000000"])
def test_examine_again_for_no_job_of_mine_is_not_there(client, staff, job):
    client.force_login(staff)

    assert client.get(url("examine"), {"job": job}).status_code == 404


def test_letter_for_all_of_the_filter_and_for_too_many_says_so(client, staff, monkeypatch):
    client.force_login(staff)
    NominationFactory.create_batch(3)
    choice = {"rows": "all", "q": ""}
    assert client.get(url("nominations_letter"), choice)["Content-Type"] == "application/pdf"
    monkeypatch.setattr("awards.views.dossiers.LETTER_MOST", 2)

    answer = client.get(url("nominations_letter"), choice, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]


def test_examinations_are_narrowed_sorted_and_taken_as_a_file(client, staff):
    client.force_login(staff)
    for row in (*examined(1), *examined(1)):
        assert row.state == "examined"
    first, second = Examination.objects.order_by("pk")
    Examination.objects.filter(pk=first.pk).update(number="77/BB", held_on="2024-05-06")

    found = [
        [one.pk for one in client.get(url("examinations"), query).context["object_list"]]
        for query in ({}, {"order": "-held"}, {"number": "77/b"}, {"year": "2024"}, {"unit": "-1"})
    ]

    assert found == [[second.pk, first.pk], [first.pk, second.pk], [first.pk], [first.pk], []]
    table = b"".join(client.get(url("examinations"), {"export": "csv", "year": "2024"}).streaming_content)
    assert table.decode().count("77/BB") == 1
    assert table.decode().strip().count("\n") == 1
    assert AuditEntry.objects.filter(act="nomination.export_examinations").count() == 1
    page = client.get(url("examinations"), {"columns": "present"}).content.decode()
    assert page.count('<th scope="col"') == 2


def test_page_shows_the_votes_a_page_at_a_time_and_how_many_there_are(client, staff, monkeypatch):
    monkeypatch.setattr("awards.views.examinations.VOTES_ON_A_PAGE", 2)
    client.force_login(staff)
    rows = examined(3)
    address = rows[0].vote.examination.get_absolute_url()

    first = client.get(address)
    second = client.get(address, {"cursor": first.context["page"].next})

    assert first.context["item_count"] == 3
    shown = [item.nomination_id for page in (first, second) for item in page.context["page"].items]
    assert shown == [row.pk for row in rows]
