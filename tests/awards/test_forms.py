"""Forms of awards: what a choice says."""

import datetime

from awards.forms import DatedFormField
from awards.models import AwardForm


def test_choice_of_a_form_that_ended_says_until_when_and_one_in_force_does_not():
    field = DatedFormField(queryset=AwardForm.objects.none())
    form = AwardForm(name="Bằng khen", body="Chủ tịch Ủy ban nhân dân thành phố")
    assert field.label_from_instance(form) == str(form)
    form.valid_to = datetime.date(2025, 7, 1)
    assert str(form) in field.label_from_instance(form)
    assert "01/07/2025" in field.label_from_instance(form)
