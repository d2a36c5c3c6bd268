import datetime
import time

import pytest
import time_machine


@pytest.fixture
def time_machine_at():
    """Return the function that moves the clock on."""
    travels = []

    def move(ahead: datetime.timedelta) -> None:
        travel = time_machine.travel(time.time() + ahead.total_seconds(), tick=True)
        travel.start()
        travels.append(travel)

    yield move
    for travel in travels:
        travel.stop()
