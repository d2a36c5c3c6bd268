"""The form of a certificate template: looks, and where the words stand on pre-printed paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import AwardForm, CertificateTemplate
from awards.models.certificate import usual_places
from mobilization.core.forms import PortalModelForm, SeenVersionField

PARTS = {
    "recipient": _("Recipient"),
    "unit": _("Unit"),
    "achievement": _("Achievement"),
    "decision": _("Number and date of the decision"),
    "book": _("Golden-book number"),
    "day": _("Place and date"),
    "post": _("Signer's post"),
    "signer": _("Signer"),
    "code": _("QR code"),
}
MEASURES = {
    "x": (_("From the left (mm)"), 0, 297),
    "y": (_("From above (mm)"), 0, 210),
    "width": (_("Width (mm; 0: left out)"), 0, 297),
    "height": (_("Height (mm)"), 0, 210),
    "size": (_("Letters (pt)"), 4, 60),
}
ALIGNMENT = _("Alignment")
ALIGNMENTS = [("left", _("Left")), ("center", _("Centre")), ("right", _("Right"))]


class CertificateTemplateForm(PortalModelForm):
    """Its own fields by crispy; the places are fields named ``<part>-<measure>``, shown as a table."""

    seen_version = SeenVersionField(required=False)

    class Meta(PortalModelForm.Meta):
        model = CertificateTemplate
        fields = [
            *("name", "form_code", "valid_from", "valid_to", "accent", "ink", "border", "border_ink"),
            *("top", "bottom", "left", "right", "name_size", "name_floor", "text_size", "text_floor"),
            "shows_code",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        codes = AwardForm.objects.order_by("name", "code").values_list("code", "name", "body")
        named = {code: f"{name} – {body}" for code, name, body in codes}
        self.fields["form_code"] = forms.ChoiceField(
            label=_("Form of award"),
            required=False,
            choices=[("", _("Every form without its own")), *named.items()],
        )
        for name in ("accent", "ink", "border_ink"):
            self.fields[name].widget = forms.TextInput(attrs={"type": "color", "class": "form-control-color"})
        self.fields["seen_version"].initial = self.instance.version
        places = usual_places() | (self.instance.places or {})
        for part in PARTS:
            self._add_place(part, places[part])

    def _add_place(self, part: str, place: dict) -> None:
        for measure, (label, least, most) in MEASURES.items():
            self.fields[f"{part}-{measure}"] = forms.IntegerField(
                label=f"{PARTS[part]}: {label}",
                min_value=least,
                max_value=most,
                initial=place[measure],
                widget=forms.NumberInput(attrs={"class": "form-control form-control-sm"}),
            )
        self.fields[f"{part}-align"] = forms.ChoiceField(
            label=f"{PARTS[part]}: {ALIGNMENT}",
            choices=ALIGNMENTS,
            initial=place["align"],
            widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
        )

    @property
    def place_words(self) -> list:
        """Return the heads of the table of places."""
        return [*(label for label, _least, _most in MEASURES.values()), ALIGNMENT]

    @property
    def place_rows(self) -> list[tuple]:
        """Return for each part its name and its bound fields, each with the head that it stands under."""
        names = (*MEASURES, "align")
        return [
            (label, list(zip(self.place_words, (self[f"{part}-{name}"] for name in names), strict=True)))
            for part, label in PARTS.items()
        ]

    @property
    def looks(self) -> list:
        """Return the bound fields above the table."""
        return [self[name] for name in self.Meta.fields]

    def clean(self):
        """Keep the places together; what begins on the page must end on it."""
        cleaned = super().clean()
        if self.instance.pk and not cleaned.get("seen_version") and "seen_version" not in self.errors:
            self.add_error(None, self.fields["seen_version"].error_messages["required"])
        places = {}
        for part in PARTS:
            place = {name: cleaned.get(f"{part}-{name}") for name in (*MEASURES, "align")}
            if None in place.values():
                continue
            for start, length, most in (("x", "width", 297), ("y", "height", 210)):
                if place[start] + place[length] > most:
                    self.add_error(f"{part}-{length}", _("This reaches beyond the paper."))
            places[part] = place
        self.instance.places = places
        return cleaned
