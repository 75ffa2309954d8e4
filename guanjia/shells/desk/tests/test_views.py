"""Views of one's own, the place of a case in its view, whom to send many to, and the badges of the rail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guanjia.domains.repairs.operations import accept
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Forbidden, Refused, Unknown
from guanjia.parts.casework import queries as casework
from guanjia.parts.casework.models import Case, SavedView
from guanjia.parts.casework.operations import drop_view, rename_view, save_view
from guanjia.parts.casework.views import LABELS
from guanjia.parts.clocks.models import Clock
from guanjia.people.tests.cast import Community

from .conftest import repair

pytestmark = pytest.mark.django_db


def kept(north: Community, who: str = "receptionist", name: str = "南区报修", **more: Any) -> SavedView:
    given: dict[str, Any] = {"name": name, "view": "open", "sort": "due", "kind": "repair", **more}
    saved: SavedView = save_view(north.project, by=north.by(who), **given)
    return saved


def test_a_view_is_kept_with_its_filters_and_shown_to_me_alone(north: Community, seat: Any) -> None:
    client = seat(north, "receptionist")
    answer = client.post(
        "/p/north/cases/save-view", {"name": "三幢的急修", "view": "late", "sort": "due", "urgency": "emergency",
                                     "building": north.house.building_id}
    )  # fmt: skip
    saved = SavedView.objects.get()
    assert answer.status_code == 302 and f"saved={saved.pk}" in answer["Location"]
    assert saved.filters == {"urgency": "emergency", "building": str(north.house.building_id)}
    assert "三幢的急修" in client.get(answer["Location"]).content.decode()
    assert "三幢的急修" in client.get("/p/north/cases/counts").content.decode()
    others = seat(north, "officer")
    for page in ("cases", f"cases?saved={saved.pk}", "cases/counts"):
        assert "三幢的急修" not in others.get(f"/p/north/{page}").content.decode()
    assert Event.objects.filter(name="casework.save_view").count() == 1


def test_a_name_is_taken_once_and_twelve_views_are_enough(north: Community) -> None:
    kept(north)
    with pytest.raises(Refused):
        kept(north)
    for n in range(11):
        kept(north, name=f"第{n}个")
    with pytest.raises(Refused):
        kept(north, name="再一个")
    assert kept(north, who="officer").name == "南区报修"


def test_a_refused_name_comes_back_with_what_was_typed(north: Community, seat: Any) -> None:
    kept(north)
    page = seat(north, "receptionist").post(
        "/p/north/cases/save-view", {"name": "南区报修", "view": "open", "sort": "due"}
    )
    assert page.status_code == 422 and "南区报修" in page.content.decode() and SavedView.objects.count() == 1


def test_a_view_is_renamed_and_dropped_by_its_owner_only(north: Community, south: Community) -> None:
    saved = kept(north)
    for act, given in ((rename_view, {"name": "我的"}), (drop_view, {})):
        with pytest.raises((Unknown, Forbidden)):
            act(saved, by=north.by("officer"), **given)
        with pytest.raises((Unknown, Forbidden)):
            act(saved, by=south.by("receptionist"), **given)
    rename_view(saved, by=north.by("receptionist"), name="我的")
    assert [v.name for v in casework.saved_views(north.project, north.by("receptionist"))] == ["我的"]
    drop_view(saved, by=north.by("receptionist"))
    assert casework.saved_views(north.project, north.by("receptionist")) == []
    assert kept(north, name="我的").pk != saved.pk  # the name is free again


def test_a_view_cannot_name_a_building_or_a_person_of_another_project(north: Community, south: Community) -> None:
    for given in ({"building": south.house.building_id}, {"executor": south.staff["technician"].pk}, {"view": "x"}):
        with pytest.raises(Refused):
            kept(north, **given)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("view", [*LABELS, "to_accept", "working", "all", "unknown"])
def test_every_view_is_one_query_for_page_and_interface(north: Community, view: str) -> None:
    case = repair(north)
    found = casework.queue(north.project, north.by("receptionist"), view=view)
    assert found in ([case], [])


# -- the place of a case in its view ----------------------------------------------------------------------------------


def test_the_case_page_knows_its_place_and_its_neighbours_in_the_view(north: Community, seat: Any) -> None:
    first, second, third = (repair(north, f"第 {n} 件") for n in range(3))
    client = seat(north, "receptionist")
    page = client.get(f"/p/north/case/{second.pk}?view=open&kind=repair").content.decode()
    assert "第 2 件，共 3" in page
    assert f'/p/north/case/{third.pk}?view=open&amp;kind=repair" data-key="j"' in page
    assert f'/p/north/case/{first.pk}?view=open&amp;kind=repair" data-key="k"' in page
    assert "next=%2Fp%2Fnorth%2Fcase" in page  # an act leads back into the view


def test_a_case_that_left_the_view_leads_to_what_stands_first_now(north: Community, seat: Any) -> None:
    sent, waits = repair(north, executor=north.staff["technician"]), repair(north, "还没派")
    page = seat(north, "receptionist").get(f"/p/north/case/{sent.pk}?view=to_dispatch").content.decode()
    assert f"/p/north/case/{waits.pk}?view=to_dispatch" in page and 'data-key="k"' not in page


def test_without_a_view_there_is_no_place_and_a_forged_one_is_no_error(north: Community, seat: Any) -> None:
    case = repair(north)
    client = seat(north, "receptionist")
    assert 'data-key="j"' not in client.get(f"/p/north/case/{case.pk}").content.decode()
    for query in ("view=" + "x" * 500, "view=open&building=" + "9" * 40, "view=open&saved=zz", "view[]=1"):
        assert client.get(f"/p/north/case/{case.pk}?{query}").status_code == 200


def test_the_place_costs_two_statements(north: Community, seat: Any) -> None:
    case = [repair(north, f"第 {n} 件") for n in range(9)][4]
    client = seat(north, "receptionist")
    with CaptureQueriesContext(connection) as plain:
        client.get(f"/p/north/case/{case.pk}")
    with CaptureQueriesContext(connection) as placed:
        client.get(f"/p/north/case/{case.pk}?view=open")
    assert len(placed) <= len(plain) + 2


# -- many at once, and badges ------------------------------------------------------------------------------------------


def test_many_are_sent_to_the_person_that_was_chosen(north: Community, seat: Any) -> None:
    a, b = repair(north), repair(north, "另一件")
    client = seat(north, "supervisor")
    choice = client.get("/p/north/cases/counts").content.decode()
    chosen = north.staff["electrician"]
    assert f'<option value="{chosen.pk}">' in choice and chosen.name in choice
    client.post("/p/north/cases/dispatch", {"pick": [a.pk, b.pk], "executor": chosen.pk, "idempotency_key": "k"})
    assert set(Case.objects.values_list("executor_id", flat=True)) == {chosen.pk}


def test_who_may_not_dispatch_is_offered_nobody(north: Community, seat: Any) -> None:
    assert 'name="executor"' not in seat(north, "guard").get("/p/north/cases/counts").content.decode()


def test_the_rail_counts_cases_near_their_limit_and_work_in_hand(north: Community, seat: Any) -> None:
    case = repair(north, executor=north.staff["technician"])
    accept(case, by=north.by("technician"))
    assert "rail-badge" not in seat(north, "receptionist").get("/p/north/today").content.decode()
    Clock.objects.filter(clause_id="RPR-04").update(warn_at=timezone.now() - timedelta(minutes=1))
    page = seat(north, "receptionist").get("/p/north/today").context["rail"]
    assert {entry["id"]: entry["badge"] for entry in page if entry["badge"]} == {"cases": 1}
    page = seat(north, "technician").get("/p/north/today").context["rail"]
    assert {entry["id"]: entry["badge"] for entry in page if entry["badge"]} == {"cases": 1, "field": 1}
    assert not [e for e in seat(north, "guard").get("/p/north/today").context["rail"] if e["badge"]]
