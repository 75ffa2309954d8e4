"""Two people deciding the same clause for the same day at once: one decision stands, the other is refused."""

import threading

import pytest
from django.db import connections

from guanjia.kernel.outcomes import Refused
from guanjia.parts.standards.models import Edition
from guanjia.parts.standards.tests.test_editions import decide


@pytest.mark.django_db(transaction=True)
def test_of_many_decisions_for_one_day_exactly_one_stands(north):
    results, start = [], threading.Barrier(6)

    def one(minutes):
        try:
            start.wait()
            decide(north, north.by("manager"), amount=minutes, unit="minutes")
            results.append("stands")
        except Refused:
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(minutes,)) for minutes in range(60, 66)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["refused"] * 5 + ["stands"]
    assert Edition.objects.get().number == 2
