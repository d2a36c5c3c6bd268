import pytest

from mobilization.jobs import tasks
from mobilization.jobs.models import Job
from mobilization.jobs.progress import OvertakenError, Progress
from mobilization.jobs.states import State
from tests.jobs.factories import JobFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("state", [State.RUNNING, State.DONE, State.FAILED, State.LOST])
def test_run_message_that_comes_twice_does_nothing(state):
    job = JobFactory(state=state, attempts=1, payload={"to": 1})
    tasks.run(str(job.pk))
    assert Job.objects.values_list("state", "attempts").get() == (state, 1)


def test_run_job_that_is_gone_does_nothing():
    tasks.run("00000000-0000-0000-0000-000000000000")
    assert Job.objects.count() == 0


def test_progress_overtaken_run_is_stopped():
    job = JobFactory(state=State.RUNNING, attempts=1)
    Job.objects.update(attempts=2)
    with pytest.raises(OvertakenError):
        Progress(job).start(10)


def test_finish_overtaken_run_cannot_write():
    job = JobFactory(state=State.RUNNING, attempts=1)
    Job.objects.update(attempts=2)
    tasks._finish(job, State.DONE, result={"late": True})
    assert Job.objects.values_list("state", "result").get() == (State.RUNNING, None)


def test_progress_is_written_at_the_end_whatever_the_pace():
    job = JobFactory(state=State.RUNNING, attempts=1)
    progress = Progress(job)
    progress.start(100)
    for _step in range(100):
        progress.advance()
    assert Job.objects.values_list("progress", "total").get() == (100, 100)
