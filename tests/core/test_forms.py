import datetime
import unicodedata
from decimal import Decimal

import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from mobilization.core.forms import (
    CHOOSE,
    DASHES,
    AmountField,
    CountField,
    MoneyField,
    PortalForm,
    SeenVersionField,
    TextField,
    VietnameseDateField,
)


@pytest.mark.parametrize(
    "typed", ["22/11/2026", "2026-11-22", "22-11-2026", "22.11.2026", " 22/11/2026 ", "22112026"]
)
def test_date_field_ways_of_writing_are_one_date(typed):
    assert VietnameseDateField().clean(typed) == datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed", ["31/02/2026", "hôm nay", "0/0/0", "11/22/2026", "22/11/0000", "01/01/9999", "\x00"]
)
def test_date_field_what_is_no_date_is_a_sentence(typed):
    with pytest.raises(ValidationError):
        VietnameseDateField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/02/2026", "no_such_day"),
        ("31022026", "no_such_day"),
        ("2026-02-31", "no_such_day"),
        ("hôm nay", "invalid"),
        ("31/02", "invalid"),
    ],
)
def test_date_field_a_day_the_calendar_does_not_have_is_told_apart(typed, code):
    with pytest.raises(ValidationError) as refused:
        VietnameseDateField().clean(typed)
    assert refused.value.code == code
    assert timezone.localdate().strftime("%d/%m/%Y") in refused.value.messages[0]


def test_count_field_what_is_no_number_is_told_with_an_example():
    with pytest.raises(ValidationError) as refused:
        CountField().clean("khoảng 120 hộ")
    assert refused.value.messages == [CountField.default_error_messages["invalid"]]


@pytest.mark.parametrize("typed", ["2340000", "2.340.000", "2 340 000", "2,340,000", "2.340.000 đ"])
def test_money_field_grouped_numbers_are_read(typed):
    assert MoneyField().clean(typed) == 2_340_000


@pytest.mark.parametrize("typed", ["-1", "1.5", "2.34", "abc", "9" * 30, "١٢x", "1e5", "NaN"])
def test_money_field_what_is_no_sum_is_a_sentence(typed):
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


def test_count_field_grouped_numbers_are_read():
    assert CountField().clean("1.250") == 1_250


def test_text_field_is_stored_composed_and_stripped():
    assert TextField().clean("  " + unicodedata.normalize("NFD", "Hiến đất") + " ") == "Hiến đất"


@pytest.mark.parametrize("typed", ["a\x00b", "a\u202eb", "a\x1bb"])
def test_text_field_unreadable_characters_are_refused(typed):
    with pytest.raises(ValidationError):
        TextField().clean(typed)


@given(st.text())
def test_fields_any_text_is_a_value_or_a_sentence(typed):
    for field in (TextField(required=False), VietnameseDateField(), MoneyField(), CountField()):
        try:
            field.clean(typed)
        except ValidationError as refusal:
            sentences = refusal.messages
        else:
            continue
        assert sentences


class EmptyForm(PortalForm):
    """One field of each sort, each to be filled in."""

    text = TextField()
    day = VietnameseDateField()
    kind = forms.ChoiceField(choices=[("", DASHES), ("a", "A")])
    person = forms.ModelChoiceField(queryset=get_user_model().objects.none())
    file = forms.FileField()
    agreed = forms.BooleanField()
    seen = SeenVersionField()
    own = TextField(error_messages={"required": "Own words."})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["later"] = TextField()


def test_empty_fields_say_what_to_do_and_not_what_they_are():
    errors = EmptyForm({}).errors
    django_says = str(forms.Field.default_error_messages["required"])
    said = {name: errors[name][0] for name in EmptyForm.base_fields}
    assert django_says not in {*said.values(), errors["later"][0]}
    assert said["text"] == said["day"] == errors["later"][0]
    assert len({said[name] for name in ("text", "kind", "file", "agreed", "seen", "own")}) == 6
    assert said["own"] == "Own words."


@pytest.mark.django_db
def test_nothing_chosen_is_a_word_and_not_dashes():
    shown = EmptyForm().as_p()
    assert DASHES not in shown
    assert shown.count(f'<option value="" selected>{CHOOSE}</option>') == 2


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.250,5", "1250.5"),
        ("1,250.5", "1250.5"),
        ("1.234.567,8", "1234567.8"),
        ("1,234,567.8", "1234567.8"),
        ("1250.5", "1250.5"),
        ("1 250,5", "1250.5"),
        ("1.250", "1250"),
        ("0,5", "0.5"),
    ],
)
def test_amount_is_read_as_people_write_it_in_either_language(typed, number):
    assert AmountField().clean(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["1,2,3", "1.2,3.4,5", ",", "x"])
def test_amount_that_is_no_number_is_refused(typed):
    with pytest.raises(ValidationError):
        AmountField().clean(typed)
