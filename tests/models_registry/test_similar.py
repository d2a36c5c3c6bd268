"""Models with titles like the one that is being typed."""

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection

from mobilization.core.search import folded_terms
from models_registry.models import SkilledModel
from models_registry.similar import likeness, similar_models
from tests.models_registry.factories import CampaignFactory, RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return commune_people()


def titles(found):
    return [one.registration.title for one in found]


def accepted(title, **fields):
    return RegistrationFactory(title=title, accepted=True, **fields)


def test_similar_models_the_likest_come_first_whatever_the_accents(people):
    accepted("Khéo vận động hiến đất mở đường thôn Đoài")
    accepted("Khéo vận động hiến đất mở đường và lắp đèn chiếu sáng ngõ xóm")
    accepted("Tuyến đường hoa thay điểm rác")
    found = similar_models("kheo van dong HIEN DAT mo duong thon doai", people[1])
    assert titles(found) == [
        "Khéo vận động hiến đất mở đường thôn Đoài",
        "Khéo vận động hiến đất mở đường và lắp đèn chiếu sáng ngõ xóm",
    ]
    assert found[0].share == 1.0


@pytest.mark.parametrize(
    ("registered", "typed"),
    [
        (
            "Khéo trong vận động nhân dân xây dựng tủ sách khuyến học",
            "Khéo trong vận động nhân dân xây dựng camera an ninh",
        ),
        ("Tổ dân phố số 7 phân loại rác tại nguồn", "Tổ dân phố số 7 giữ gìn an ninh"),
        ("Thôn 3 làm đường hoa", "Xóm 3 khuyến học"),
    ],
)
def test_similar_models_words_that_stand_everywhere_are_not_likeness(people, registered, typed):
    accepted(registered)
    assert similar_models(typed, people[1]) == []


def test_similar_models_of_other_units_and_closed_years_are_found_drafts_of_others_are_not(people):
    last_year = CampaignFactory(year=2024)
    accepted("Camera an ninh ngõ xóm", campaign=last_year, outcome="end")
    RegistrationFactory(title="Camera an ninh ngõ xóm 2")
    RegistrationFactory(title="Camera an ninh ngõ xóm 3", submitted=True)
    RegistrationFactory(title="Camera an ninh ngõ xóm 4", unit=people[0])
    assert set(titles(similar_models("camera an ninh ngõ xóm", people[1]))) == {
        "Camera an ninh ngõ xóm",
        "Camera an ninh ngõ xóm 4",
    }


def test_similar_models_one_model_of_many_years_is_one_line_its_latest(people):
    first = accepted("Tuyến đường hoa nở", campaign=CampaignFactory(year=2023))
    accepted(
        "Tuyến đường hoa nở",
        campaign=CampaignFactory(year=2024),
        model=first.model,
        previous=first,
        novelty="maintained",
    )
    found = similar_models("tuyến đường hoa", people[1])
    assert [(one.registration.model_id, one.registration.year) for one in found] == [(first.model_id, 2024)]


def test_similar_models_leaves_out_the_one_being_written_and_shows_five(people):
    own = RegistrationFactory(title="Tủ sách khuyến học", unit=people[0])
    for number in range(7):
        accepted(f"Tủ sách khuyến học {number}")
    found = similar_models("Tủ sách khuyến học", people[1], besides=own.model_id)
    assert len(found) == 5
    assert own.model_id not in {one.registration.model_id for one in found}


@pytest.mark.parametrize(
    "title", ["", "   ", "\x00", "khéo trong", "!!! & | :*", "' OR 1=1 --", "x" * 5_000, "😀 đ"]
)
def test_similar_models_any_text_is_answered(people, title):
    assert similar_models(title, people[1]) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_similar_models_asks_the_same_however_many_are_found(people, rows, django_assert_num_queries):
    for number in range(rows):
        accepted(f"Tủ sách khuyến học {number}")
    people[1].units_of("official")
    with django_assert_num_queries(4):
        found = similar_models("Tủ sách khuyến học", people[1])
        assert [one.registration.unit.heir.full_name for one in found]
    assert len(found) == rows


def test_similar_models_are_looked_up_in_the_index_of_titles():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    query = SearchQuery("(tu & sach) | (sach & khuyen)", search_type="raw", config="simple")
    asked = SkilledModel.objects.alias(terms=folded_terms("title")).filter(terms=query)
    assert "registry_model_title_terms" in asked.explain()


def test_likeness_is_one_for_the_same_words_and_nothing_for_no_words():
    assert likeness(["hien", "dat"], ["dat", "hien"]) == 1.0
    assert likeness([], []) == 0.0
    assert 0 < likeness(["hien", "dat"], ["hien", "duong"]) < 1
