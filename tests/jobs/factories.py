import factory
from django.utils import timezone

from mobilization.jobs.models import Job
from mobilization.jobs.states import State


class JobFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Job

    kind = "jobs.test_count"
    state = State.DONE
    finished_at = factory.LazyAttribute(lambda job: None if job.state in State.open() else timezone.now())
