"""What the clock asks of the log."""

from celery import shared_task

from mobilization.audit.seals import seal_finished_blocks


@shared_task(name="audit.seal")
def seal() -> int:
    """Seal the finished blocks; every minute, harmless at any time."""
    return seal_finished_blocks()
