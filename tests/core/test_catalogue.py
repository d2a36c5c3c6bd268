from mobilization.core import catalogue


def texts(tmp_path, monkeypatch, python="", template=""):
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    monkeypatch.setattr(catalogue, "TEMPLATES", tmp_path / "templates")
    monkeypatch.setattr(catalogue, "PYTHON_ROOMS", ("app",))
    (tmp_path / "app").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "app" / "a.py").write_text(python, encoding="utf-8")
    (tmp_path / "templates" / "a.html").write_text(template, encoding="utf-8")
    return catalogue.extract()


def test_extract_python_calls_are_found(tmp_path, monkeypatch):
    source = '_("One" " text")\nngettext("%(n)s day", "%(n)s days", n)\npgettext("verb", "Report")\n_(name)\n'
    found = texts(tmp_path, monkeypatch, python=source)
    assert {(m.context, m.text, m.plural) for m in found.values()} == {
        (None, "One text", None),
        (None, "%(n)s day", "%(n)s days"),
        ("verb", "Report", None),
    }


def test_extract_template_tags_are_found(tmp_path, monkeypatch):
    source = (
        '{% load i18n %}{% translate "It\'s" %}{% translate "Act" context "verb" %}'
        "{% blocktranslate trimmed with a=b %}\n  By {{ a }}\n{% endblocktranslate %}"
        "{% blocktranslate count n=x %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}"
    )
    found = texts(tmp_path, monkeypatch, template=source)
    assert {(m.context, m.text, m.plural) for m in found.values()} == {
        (None, "It's", None),
        ("verb", "Act", None),
        (None, "By %(a)s", None),
        (None, "%(n)s row", "%(n)s rows"),
    }


def test_update_keeps_what_is_translated_and_drops_what_is_gone(tmp_path, monkeypatch):
    path = tmp_path / "vi" / "LC_MESSAGES" / "django.po"
    texts(tmp_path, monkeypatch, python='_("Stays")\n_("Goes")\n')
    catalogue.update(path)
    po = catalogue.polib.pofile(str(path))
    for entry in po:
        entry.msgstr = f"vi {entry.msgid}"
    po.save(str(path))
    (tmp_path / "app" / "a.py").write_text('_("Stays")\n_("Comes")\n', encoding="utf-8")
    assert sorted(catalogue.problems(path)) == [
        "no longer in the sources: 'Goes'",
        "not in the catalogue: 'Comes' (app/a.py)",
    ]
    catalogue.update(path)
    assert {entry.msgid: entry.msgstr for entry in catalogue.polib.pofile(str(path))} == {
        "Comes": "",
        "Stays": "vi Stays",
    }
    assert catalogue.problems(path) == ["not translated: 'Comes'"]


def test_problems_a_lost_placeholder_is_named(tmp_path, monkeypatch):
    path = tmp_path / "vi" / "LC_MESSAGES" / "django.po"
    texts(tmp_path, monkeypatch, python='_("By %(name)s")\n')
    catalogue.update(path)
    po = catalogue.polib.pofile(str(path))
    po[0].msgstr = "Bởi %(ten)s"
    po.save(str(path))
    assert catalogue.problems(path) == ["placeholders differ: 'By %(name)s'"]
