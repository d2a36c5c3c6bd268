"""Filter fields written at once are those that crispy writes."""

import re
from html.parser import HTMLParser

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.http import QueryDict

from mobilization.core.templatetags.filtering import carried, filter_field


class Filters(forms.Form):
    q = forms.CharField(
        label="Words <b>", required=False, max_length=20, widget=forms.TextInput({"type": "search"})
    )
    state = forms.ChoiceField(label="State", required=False, choices=[("", "All"), ("a", "A & <B>")])
    groups = forms.ChoiceField(required=False, choices=[("G", [("a", "A"), ("b", "B")])])
    on = forms.DateField(
        required=False, widget=forms.DateInput({"placeholder": "dd/mm/yyyy"}, format="%d/%m/%Y")
    )
    year = forms.IntegerField(required=False, min_value=1, widget=forms.NumberInput({"class": "short"}))
    only = forms.BooleanField(required=False)
    many = forms.MultipleChoiceField(required=False, choices=[("a", "A"), ("b", "B")])
    hidden = forms.CharField(required=False, widget=forms.HiddenInput)
    helped = forms.CharField(required=False, help_text="For example")


class Parts(HTMLParser):
    """Tags with their attributes in any order, and words."""

    def __init__(self) -> None:
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        known = {name: sorted(value.split()) if name == "class" else value for name, value in attrs}
        self.found.append((tag, known))

    def handle_data(self, data):
        if data.strip():
            self.found.append(re.sub(r"\s+", " ", data.strip()))


def parts(html: str) -> list:
    parser = Parts()
    parser.feed(str(html))
    return parser.found


@pytest.mark.parametrize("name", Filters.base_fields)
@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"q": 'a"<b>', "state": "a", "on": "22/11/2026", "year": "2026", "only": "on", "many": ["a", "b"]},
        {"state": "x", "on": "32/13/2026", "year": "-1", "q": "longer than twenty letters"},
    ],
)
def test_filter_field_is_what_crispy_writes(name, data):
    form = Filters(data)
    assert parts(filter_field(form[name])) == parts(as_crispy_field(form[name]))


def test_carried_keeps_the_look_of_a_list_and_no_filter():
    html = carried(QueryDict("q=a&order=-year&per_page=&columns=unit,%22day%22&cursor=x"))
    assert re.findall(r'name="([^"]*)" value="([^"]*)"', html) == [
        ("order", "-year"),
        ("columns", "unit,&quot;day&quot;"),
    ]
    assert carried(QueryDict("q=a")) == ""
