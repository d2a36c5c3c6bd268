"""What the clock asks of the units."""

from celery import shared_task

from mobilization.units import services


@shared_task(name="units.refresh_heirs")
def refresh_heirs() -> int:
    """Let reorganisations that were entered ahead take effect; nightly, harmless at any time."""
    return services.refresh_heirs()
