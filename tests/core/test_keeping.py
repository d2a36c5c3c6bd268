"""The tag that renders once what is the same for everybody."""

import pytest
from django.template import Context, Template
from django.template.base import TemplateSyntaxError
from django.utils import translation


def shown(template: Template, **values) -> str:
    return template.render(Context(values))


def test_keep_renders_once_for_each_value():
    template = Template("{% load keeping %}{% keep here %}{{ here }}{{ other }}{% endkeep %}")
    assert shown(template, here="a", other=1) == "a1"
    assert shown(template, here="a", other=2) == "a1"
    assert shown(template, here="b", other=2) == "b2"


def test_keep_renders_once_for_each_language():
    template = Template(
        "{% load keeping i18n %}{% keep %}{% get_current_language as code %}{{ code }}{% endkeep %}"
    )
    for language in ("vi", "en", "vi"):
        with translation.override(language):
            assert shown(template) == language


def test_keep_escapes_as_anywhere():
    template = Template("{% load keeping %}{% keep name %}{{ name }}{% endkeep %}")
    assert shown(template, name="<b>") == "&lt;b&gt;"


def test_keep_in_development_keeps_nothing(settings):
    settings.DEBUG = True
    template = Template("{% load keeping %}{% keep %}{{ other }}{% endkeep %}")
    assert [shown(template, other=number) for number in (1, 2)] == ["1", "2"]


def test_keep_bounds_what_it_keeps():
    template = Template("{% load keeping %}{% keep here %}{{ here }}{% endkeep %}")
    for number in range(1000):
        shown(template, here=number)
    assert len(template.nodelist[-1].once.kept) <= 64


def test_keep_without_its_end_is_refused():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load keeping %}{% keep %}")
