from mobilization.audit import acts


def test_label_of_known_and_unknown_acts():
    assert acts.label_of("audit.export") != "audit.export"
    assert acts.label_of("nobody.named_it") == "nobody.named_it"


def test_choices_are_grouped_by_noun():
    assert ["audit.export"] in [[code for code, _label in group] for _noun, group in acts.choices()]


def test_particulars_are_readable(monkeypatch):
    monkeypatch.setitem(acts._particulars, "trial", {"days": "Days"})
    data = {"days": [1, 2], "new": {"a": None}}
    assert acts.particulars_of("trial.run", data) == [("Days", "1, 2"), ("new", "a: –")]
