import pytest

from awards import papers
from awards.models import Nomination
from tests.awards.factories import RecipientFactory, examined, issued, submitted
from tests.models_registry.factories import RegistrationFactory

pytestmark = pytest.mark.django_db


def read(rows):
    shown = Nomination.objects.select_related(
        "unit", "form", "recipient", "registration__model", "dialogue", "vote__examination"
    )
    return list(shown.filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def test_letter_counts_recipients_by_kind_and_lists_them():
    rows = read([*submitted(2), *submitted(1, recipient=RecipientFactory(kind="individual"))])

    told = papers.letter_facts(rows)

    assert told["counts"] == {"collective": 2, "individual": 1, "household": 0}
    assert [line["place"] for line in told["lines"]] == [1, 2, 3]
    assert papers.letter(rows).startswith(b"%PDF-")


def test_report_names_the_model_and_earlier_awards():
    recipient = issued(1).awards.get().recipient
    (row,) = read(submitted(1, recipient=recipient, registration=RegistrationFactory(recognised=True)))

    told = papers.report_facts(row)

    assert told["model"]["code"] == row.registration.model.code
    assert len(told["earlier"]) == 1
    assert papers.report(row).startswith(b"%PDF-")


def test_minutes_tell_votes_and_their_share_of_those_present():
    (row,) = examined(votes=(8, 1))

    told = papers.minutes_facts(row.vote.examination)

    assert (told["items"][0]["votes_for"], told["items"][0]["share"]) == (8, "80,0 %")
    assert papers.minutes(row.vote.examination).startswith(b"%PDF-")


@pytest.mark.parametrize("text", ["#sys.inputs", "\\ *đậm* $x$ [a] <b> @c", "“Khéo” & Cộng", "a" * 2000])
def test_report_typed_text_is_never_markup(text):
    (row,) = read(submitted(achievement=text))

    assert papers.report(row).startswith(b"%PDF-")
