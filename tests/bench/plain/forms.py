"""A plain form that changes the state of a registration: what one writes where nobody asks who may do what, or when."""

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.utils import timezone
from django.views.generic import UpdateView

from models_registry.models import Registration
from models_registry.states import State


class StateForm(forms.ModelForm):
    """The state, and with it the one date that the table asks for."""

    state = forms.ChoiceField(choices=State.choices)

    class Meta:
        model = Registration
        fields = ()

    def save(self, commit=True):
        """Take over the state."""
        self.instance.state = self.cleaned_data["state"]
        self.instance.submitted_at = self.instance.submitted_at or timezone.now()
        return super().save(commit)


class PlainStateView(LoginRequiredMixin, UpdateView):
    """The form's page."""

    model = Registration
    form_class = StateForm
    template_name = "plain/form.html"
    success_url = "/plain/models/"
