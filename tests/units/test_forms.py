import datetime

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from mobilization.units.forms import MAX_FILE, ReorganisationForm, UnitChoiceField
from mobilization.units.models import Unit
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
ON = datetime.date(2025, 7, 1)


class Form(forms.Form):
    unit = UnitChoiceField(queryset=Unit.objects.none())

    def __init__(self, *args, queryset=None, on=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.all() if queryset is None else queryset
        self.fields["unit"].on = on


def chosen(text: str, **kwargs) -> Unit | list:
    form = Form({"unit": text}, **kwargs)
    return form.cleaned_data["unit"] if form.is_valid() else form.errors["unit"]


@pytest.mark.parametrize("typed", ["Xã Sóc Sơn (99001)", "99001", "soc son", " Xã  SÓC SƠN "])
def test_choice_typed_or_picked_is_the_unit(typed):
    unit = UnitFactory(code="99001", name="Sóc Sơn", full_name="Xã Sóc Sơn")
    assert chosen(typed) == unit


def test_choice_outside_of_the_offered_units_is_refused():
    offered, other = UnitFactory(), UnitFactory(name="Ngoài")
    assert chosen("Ngoài", queryset=Unit.objects.filter(pk=offered.pk)) != other


@pytest.mark.parametrize("typed", ["nowhere", "(", ")", "((", "\x00", "\u202e", "x" * 10_000, ""])
def test_choice_that_is_none_is_told(typed):
    UnitFactory()
    assert len(chosen(typed)) == 1


def test_choice_is_meant_on_the_day():
    before = UnitFactory(code="99001", valid_to=ON)
    after = UnitFactory(code="99001", valid_from=ON)
    assert chosen("99001") == after
    assert chosen("99001", on=datetime.date(2025, 6, 30)) == before


def test_choice_shows_words_and_suggestions():
    unit = UnitFactory(code="99001", full_name="Xã <Sóc> Sơn")
    page = str(Form(initial={"unit": unit.pk})["unit"])
    assert 'value="Xã &lt;Sóc&gt; Sơn (99001)"' in page
    assert '<datalist id="id_unit_units">' in page
    assert 'list="id_unit_units"' in page
    assert 'value="Ngoài"' in str(Form({"unit": "Ngoài"})["unit"])


def test_reorganisation_needs_a_file():
    assert not ReorganisationForm({}).is_valid()


def test_reorganisation_too_long_a_file_is_told():
    big = SimpleUploadedFile("units.csv", b"x" * (MAX_FILE + 1))
    form = ReorganisationForm({}, {"units_file": big})
    assert not form.is_valid()


def test_reorganisation_text_of_the_first_step_is_the_plan_of_the_second():
    head = "code,kind,full_name,name,parent_code,valid_from,valid_to,lat,lon,population,area_km2,seat"
    row = "99001,ward,Phường Mới,Mới,01,2027-01-01,,,,,,"
    first = ReorganisationForm(
        {}, {"units_file": SimpleUploadedFile("u.csv", f"{head}\r\n{row}\r\n".encode())}
    )
    assert first.is_valid()
    second = ReorganisationForm({"units_text": first.texts["units"]})
    assert second.is_valid()
    assert second.plan == first.plan
