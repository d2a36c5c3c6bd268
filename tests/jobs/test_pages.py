"""Jobs as somebody at a screen sees them."""

import pytest
from django.utils import timezone

from mobilization.accounts.states import Role
from mobilization.jobs.models import Job
from mobilization.jobs.states import State
from tests.accounts.factories import user_with
from tests.jobs.factories import JobFactory
from tests.units.factories import city
from tests.visiting import come_signed_in, follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_progress_moves_by_itself_and_the_result_appears(page, axe):
    user = user_with(Role.CITY_STAFF, city())
    job = JobFactory(state=State.RUNNING, attempts=1, progress=1, total=4, actor=user)
    come_signed_in(page, user, job.get_absolute_url())
    assert page.locator("progress").get_attribute("value") == "1"
    assert axe(page) == []
    Job.objects.update(progress=3)
    page.wait_for_selector("progress[value='3']")
    Job.objects.update(state=State.DONE, finished_at=timezone.now(), result={"counted": 4})
    page.wait_for_selector("text=Counted")
    assert page.locator("progress").count() == 0


def test_list_and_job_read_well_on_a_phone(phone, axe):
    user = user_with(Role.CITY_STAFF, city())
    job = JobFactory(state=State.FAILED, actor=user, message="Không có gì để đếm.")
    come_signed_in(phone, user, "/desk/jobs/")
    assert axe(phone) == []
    follow(phone, f"a[href='{job.get_absolute_url()}']")
    phone.wait_for_selector("text=Không có gì để đếm.")
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
