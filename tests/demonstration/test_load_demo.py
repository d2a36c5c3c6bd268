import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from mobilization.accounts.models import User
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_command_without_a_password_says_so(monkeypatch, settings):
    settings.DEMONSTRATION = True
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    with pytest.raises(CommandError, match="DEMO_PASSWORD"):
        call_command("load_demo")


def test_command_in_a_portal_that_is_no_demonstration_makes_no_account(monkeypatch, settings):
    settings.DEMONSTRATION = False
    monkeypatch.setenv("DEMO_PASSWORD", "anybody-knows-it")
    with pytest.raises(CommandError, match="DEMONSTRATION=on"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_command_in_a_portal_with_accounts_makes_no_more(monkeypatch, settings):
    settings.DEMONSTRATION = True
    monkeypatch.setenv("DEMO_PASSWORD", "anybody-knows-it")
    UserFactory()
    with pytest.raises(CommandError, match="begins empty"):
        call_command("load_demo")
    assert User.objects.count() == 1
