from django import forms

from tests.telling import in_one, reaching, spread, taken_by, telling, together

VALUES = ("a", "b", "01/02/2026", "1", "\x00")


class Sample(forms.Form):
    name = forms.CharField()
    place = forms.CharField()
    note = forms.CharField(required=False)
    day = forms.DateField(input_formats=["%d/%m/%Y"])
    number = forms.IntegerField()


class Short(forms.Form):
    code = forms.CharField(max_length=3)


class Boxes(forms.Form):
    ticked = forms.BooleanField()
    paper = forms.FileField()


def met(answers, names):
    return {answer[name] for answer in answers for name in names if name in answer}


def test_telling_is_what_the_field_takes_and_one_that_it_refuses():
    assert telling(Sample(), "day", VALUES) == ["01/02/2026", "a"]
    assert telling(Sample(), "elsewhere", VALUES) == list(VALUES)


def test_taken_is_what_the_field_takes_and_nothing_else():
    assert taken_by(Sample(), "day", VALUES) == ["01/02/2026"]
    assert taken_by(Sample(), "name", VALUES) == ["a", "b", "01/02/2026", "1"]


def test_in_one_joins_texts_as_far_as_the_field_takes_them_and_nothing_but_texts():
    assert in_one(Sample(), "name", VALUES) == ["a b 01/02/2026 1", "\x00"]
    assert in_one(Short(), "code", VALUES) == ["a b", "1", "01/02/2026"]
    assert in_one(Sample(), "number", VALUES) == ["1", "a"]


def test_spread_lets_each_kind_of_field_meet_every_value_that_tells_and_fills_all():
    answers = spread(Sample(), [*Sample.base_fields, "elsewhere"], VALUES)
    for alike in (["name", "place"], ["note"], ["day"], ["number"], ["elsewhere"]):
        assert met(answers, alike) == set(telling(Sample(), alike[0], VALUES))
    assert all(set(answer) == {*Sample.base_fields, "elsewhere"} for answer in answers)
    assert len(answers) == len(VALUES)


def test_spread_over_many_alike_takes_fewer_answers():
    assert len(spread(Sample(), ["name", "place"], VALUES)) == 3


def test_what_a_widget_reads_as_the_same_is_sent_once():
    assert telling(Boxes(), "ticked", VALUES) == ["a"]
    assert telling(Boxes(), "ticked", ("false", *VALUES)) == ["a", "false"]
    assert telling(Boxes(), "paper", VALUES) == ["a"]


def test_together_gives_each_field_all_that_tells_and_keeps_refusals_apart():
    names = sorted(Sample.base_fields)
    *taken, refused = together(Sample(), [*names, "elsewhere"], VALUES)
    for name in names:
        assert met(taken, [name]) == set(taken_by(Sample(), name, VALUES))
        assert met([*taken, refused], [name]) == set(telling(Sample(), name, VALUES))
    assert met(taken, ["elsewhere"]) == set(VALUES)
    assert len(taken) == len(VALUES)


def test_reaching_fills_all_texts_at_once_and_each_other_field_alone():
    class Mixed(Sample):
        code = forms.SlugField()

    asked = reaching(Mixed(), VALUES, forms.CharField)
    texts = ("name", "place", "note")
    assert asked[:4] == [dict.fromkeys(texts, value) for value in ("a", "b", "01/02/2026", "1")]
    assert asked[4:] == [
        {"day": "01/02/2026"},
        {"number": "1"},
        {"code": "a"},
        {"code": "b"},
        {"code": "1"},
    ]


def test_nothing_to_fill_is_nothing_to_send():
    assert spread(Sample(), [], VALUES) == together(Sample(), [], VALUES) == []
    assert reaching(forms.Form(), VALUES, forms.CharField) == []
