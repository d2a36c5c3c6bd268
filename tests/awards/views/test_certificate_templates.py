import datetime

import pytest
from django.urls import reverse

from awards.certificates.facts import template_for
from awards.forms.certificate_templates import PARTS
from awards.models import CertificateTemplate
from awards.models.certificate import usual_places
from mobilization.audit.models import AuditEntry
from tests.awards.factories import SIGNED

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def typed(**changes):
    words = {
        "name": "Bằng khen 2026",
        "form_code": "merit-city",
        "valid_from": "01/01/2026",
        "valid_to": "",
        "accent": "#aa0000",
        "ink": "#000000",
        "border": "double",
        "border_ink": "#886600",
        **dict.fromkeys(("top", "bottom", "left", "right"), 20),
        "name_size": 26,
        "name_floor": 16,
        "text_size": 16,
        "text_floor": 11,
        "shows_code": "on",
        **{f"{part}-{name}": value for part, at in usual_places().items() for name, value in at.items()},
    }
    return words | changes


def test_add_and_change(client, staff):
    client.force_login(staff)

    client.post(url("template_add"), typed())
    template = CertificateTemplate.objects.get()
    assert (template.accent, template.places["recipient"]["width"]) == ("#aa0000", 217)
    client.post(
        url("template_edit", template.pk), typed(accent="#bb0000", seen_version=1, **{"unit-width": 0})
    )

    template.refresh_from_db()
    assert (template.accent, template.version, template.places["unit"]["width"]) == ("#bb0000", 2, 0)
    acts = AuditEntry.objects.filter(act__startswith="template.").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == ["template.add", "template.change"]
    assert template.name in client.get(url("templates")).content.decode()


def test_change_over_somebody_elses_is_told_and_what_was_typed_stays(client, staff):
    client.force_login(staff)
    template = CertificateTemplate.objects.create(name="A", valid_from="2026-01-01", version=2)

    answer = client.post(url("template_edit", template.pk), typed(name="Tên mới", seen_version=1))

    template.refresh_from_db()
    assert (answer.status_code, template.name) == (200, "A")
    assert "Tên mới" in answer.content.decode()
    assert client.post(url("template_edit", template.pk), typed()).context["form"].errors


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accent", "red"),
        ("accent", '#000000") #panic("'),
        ("border", "gold"),
        ("top", "4"),
        ("top", "41"),
        ("name_floor", "30"),
        ("text_size", "9" * 30),
        ("valid_from", "01/01/0000"),
        ("valid_to", "01/01/2025"),
        ("name", "a\x00b"),
        ("form_code", "nothing"),
        ("recipient-x", "-1"),
        ("recipient-width", "290"),
        ("recipient-align", "x); panic("),
        ("signer-size", ""),
    ],
)
def test_bad_input_is_told_and_nothing_saved(client, staff, name, value):
    client.force_login(staff)

    answer = client.post(url("template_add"), typed(**{name: value}))

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not CertificateTemplate.objects.exists()


def test_two_from_one_day_refused(client, staff):
    client.force_login(staff)
    client.post(url("template_add"), typed())

    answer = client.post(url("template_add"), typed(name="Khác"))

    assert set(answer.context["form"].errors) == {"__all__"}
    assert CertificateTemplate.objects.count() == 1


def test_sample_is_a_pdf_for_each_paper_and_for_the_own_looks(client, staff, pdf_text):
    client.force_login(staff)
    template = CertificateTemplate.objects.create(name="A", valid_from="2026-01-01")

    for pk in (0, template.pk):
        for variant in ("full", "overlay"):
            (page,) = pdf_text(client.get(url("template_sample", pk, variant)).content)
            assert "MẪU" in page
    assert client.get(url("template_sample", 0, "gold")).status_code == 404


def test_template_for_takes_the_forms_own_then_the_latest():
    def add(name, code, start, end=None):
        return CertificateTemplate.objects.create(name=name, form_code=code, valid_from=start, valid_to=end)

    add("all", "", "2020-01-01")
    add("old", "merit-city", "2025-01-01", "2026-01-01")
    own = add("new", "merit-city", "2026-01-01")

    assert template_for("merit-city", SIGNED) == own
    assert template_for("merit-city", datetime.date(2025, 5, 1)).name == "old"
    assert template_for("merit-city", datetime.date(2024, 5, 1)).name == "all"
    assert template_for("praise-city", SIGNED).name == "all"
    assert template_for("praise-city", datetime.date(2019, 5, 1)).pk is None


def test_every_place_has_its_words():
    assert list(PARTS) == list(usual_places())
