import datetime
import json

import pytest

from tests.api.worlds import AUTHOR, PERSON, PHONE, PRIVATE, published_world
from tests.models_registry.factories import RegistrationFactory
from tests.units.factories import UnitFactory, city, succeed

LISTS = ("models", "dialogues", "awards")


def titles(answer):
    return [item["title"] for item in answer[1]["items"]]


def test_models_are_the_published_ones(ask, published):
    status, answer = ask("models")

    assert status == 200
    assert [item["title"] for item in answer["items"]] == ["Khéo trong vận động hiến đất"]
    item = answer["items"][0]
    assert item["code"] == published.model.model.code
    assert item["unit"] == {"id": published.commune.pk, "code": "00439", "full_name": "Xã Kim Lũ"}
    assert [recognition["level"] for recognition in item["recognitions"]] == ["grassroots"]


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"year": 2026}, 1),
        ({"year": 2025}, 0),
        ({"field": "economy"}, 1),
        ({"field": "culture_society"}, 0),
        ({"level": "grassroots", "kind": "model", "subject": "collective"}, 1),
        ({"subject": "individual"}, 0),
        ({"recognised": "true"}, 1),
        ({"recognised": "false"}, 0),
        ({"q": "hien dat"}, 1),
        ({"q": "HIẾN Đất khéo"}, 1),
        ({"q": "cau"}, 0),
        ({"q": "…"}, 0),
    ],
)
def test_models_are_narrowed_by_each_parameter(ask, published, asked, number):
    assert len(titles(ask("models", **asked))) == number


@pytest.mark.parametrize("path", LISTS)
def test_lists_take_a_unit_with_all_below_and_what_went_into_it(ask, published, path):
    neighbour = UnitFactory()
    assert len(ask(path, unit=published.commune.pk)[1]["items"]) == 1
    assert len(ask(path, unit=city().pk, year=2026)[1]["items"]) == 1
    assert ask(path, unit=neighbour.pk)[1]["items"] == []

    succeed(published.commune, neighbour, on=datetime.date(2026, 7, 1))
    assert len(ask(path, unit=neighbour.pk)[1]["items"]) == 1


def test_model_answers_its_life(ask, published):
    next_year = RegistrationFactory(
        model=published.model.model,
        campaign__year=2027,
        unit=published.commune,
        accepted=True,
        title="Khéo trong vận động hiến đất, năm thứ hai",
    )
    RegistrationFactory(
        model=published.model.model, campaign__year=2028, unit=published.commune, title="Bản nháp"
    )

    status, answer = ask(f"models/{published.model.model.code}")

    assert status == 200
    assert [year["year"] for year in answer["years"]] == [2027, 2026]
    assert answer["years"][0]["title"] == next_year.title
    assert answer["years"][0]["aim"] == next_year.aim
    assert [award["id"] for award in answer["awards"]] == [published.award.pk]


def test_model_tells_what_it_was_made_after(ask, published):
    original = published.model.model
    copy = RegistrationFactory(accepted=True)
    copy.model.replicated_from = original
    copy.model.save()
    draft = RegistrationFactory()
    draft.model.replicated_from = original
    draft.model.save()

    assert ask(f"models/{original.code}")[1]["replications"] == [copy.model.code]
    assert ask(f"models/{copy.model.code}")[1]["replicated_from"] == original.code


@pytest.mark.parametrize("state", ["draft", "submitted", "declined"])
def test_model_without_a_published_year_is_not_found(ask, db, state):
    status, answer = ask(f"models/{RegistrationFactory(state=state).model.code}")

    assert status == 404
    assert answer["detail"][0]["loc"] == ["path", "code"]


def test_dialogues_show_figures_and_public_texts(ask, published):
    (dialogue,) = ask("dialogues", year=2026, kind="periodic")[1]["items"]

    assert dialogue["id"] == published.dialogue.pk
    assert dialogue["opinions"]["received"] == 2
    assert dialogue["opinions"]["resolved"] == 1
    assert [(opinion["text"], opinion["answer"]) for opinion in dialogue["public_opinions"]] == [
        ("Đề nghị thu gom rác.", "Đã thu gom.")
    ]
    assert ask("dialogues", kind="ad_hoc")[1]["items"] == []


def test_awards_are_those_of_issued_decisions(ask, published):
    (award,) = ask("awards", year=2026)[1]["items"]

    assert award["recipient_name"] == published.award.recipient_name
    assert award["decision"]["number"] == published.award.decision.number
    assert (award["model"], award["dialogue"]) == (published.model.model.code, published.dialogue.pk)
    assert ask("awards", year=2019)[1]["items"] == []


def test_nothing_private_is_in_any_answer(ask, published):
    paths = [*LISTS, f"models/{published.model.model.code}"]
    answers = json.dumps([ask(path)[1] for path in paths], ensure_ascii=False)

    for private in (
        PHONE,
        PERSON,
        AUTHOR,
        PRIVATE,
        "Chưa công",
        "Không công khai",
        "Chưa ban hành",
        "Bí thư chi bộ",
    ):
        assert private not in answers
    for name in ("person_", "author", "phone", "verify_code", "typed_by"):
        assert name not in answers


@pytest.mark.parametrize("path", LISTS)
def test_list_asks_as_often_for_three_items_as_for_one(ask, published, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(4) as one:
        assert len(ask(path)[1]["items"]) == 1
    published_world()
    published_world()
    with django_assert_max_num_queries(4) as three:
        assert len(ask(path)[1]["items"]) == 3

    assert len(three) == len(one)


def test_pages_hold_everything_once(ask, published):
    for _ in range(4):
        RegistrationFactory(campaign=published.model.campaign, accepted=True)
    seen, cursor = [], None
    for _ in range(3):
        answer = ask("models", limit=2, **({"cursor": cursor} if cursor else {}))[1]
        seen += [item["code"] for item in answer["items"]]
        cursor = answer["next"]

    assert cursor is None
    assert len(seen) == len(set(seen)) == 5
