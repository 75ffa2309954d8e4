"""The bench fills and asks what it says; its figures are not judged here, only its statements (test_statements)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bench import community, run
from bench.counting import timed
from guanjia.kernel.models import Event, SearchWords
from guanjia.parts.casework.models import Case
from guanjia.parts.clocks.models import Clock


@pytest.mark.django_db
def test_it_grows_a_community_and_every_request_succeeds(settings: Any) -> None:
    settings.SECOND_FACTOR = True  # as a company runs it
    place = community.build()
    community.grow(place, 0, 60)
    community.grow(place, 60, 120)
    assert Case.objects.count() == Clock.objects.count() == SearchWords.objects.filter(label="case").count() == 120
    assert Event.objects.filter(project=place.project).count() == 360
    figures = {name: timed(work, 2, warm=1) for name, work in run.requests(place).items()}
    assert json.dumps(figures) and all(f["statements"] > 0 for f in figures.values())


@pytest.mark.parametrize(
    "argv", [["--sizes", "x"], ["--sizes", "1"], ["--sizes", "9999999"], ["--times", "0"], ["--what"]]
)
def test_what_it_does_not_understand_it_refuses(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        run.main(argv)
    assert end.value.code == 2
