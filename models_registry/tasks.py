"""Work of the registry that is done outside of requests: ids in, one call each, harmless when run twice."""

from celery import shared_task

from models_registry import notices


@shared_task(name=notices.RETURNED, autoretry_for=(OSError,), retry_backoff=30, max_retries=5)
def send_return_notice(step_id: int) -> int:
    """Tell the unit by e-mail what was returned."""
    return notices.send_return_notice(step_id)


@shared_task(name="models_registry.send_lost_notices")
def send_lost_notices() -> int:
    """Tell what a lost message did not; run by the clock. Returns how many people were told."""
    return sum(notices.send_return_notice(step_id) for step_id in notices.unsent_returns())
