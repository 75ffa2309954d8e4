"""Every form of the Book can be kept, refused, signed, struck out and printed; one test goes over all of them."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from guanjia import book
from guanjia.kernel import search
from guanjia.kernel.models import Event
from guanjia.kernel.outcomes import Conflict, Forbidden, Refused, Unknown
from guanjia.parts.entries import fields
from guanjia.parts.entries.keepers import keepers, kept_forms
from guanjia.parts.entries.models import Entry, Signature
from guanjia.parts.entries.operations import KEEPING, sign, strike_out, take_signature
from guanjia.parts.entries.papers import print_entry, values
from guanjia.parts.entries.slots import open_slots
from guanjia.parts.papers.press import Press
from guanjia.parts.papers.queries import chapter_of
from guanjia.people import posts
from guanjia.people.models import Account, Department
from guanjia.people.tests.cast import Community
from guanjia.web.sheets import address_of, made

pytestmark = pytest.mark.django_db


def png() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "PNG")
    return SimpleUploadedFile("s.png", out.getvalue(), content_type="image/png")


def sample(field: book.Field, community: Community) -> Any:
    """A plausible value for a field."""
    if field.enum:
        return book.enum(field.enum)[0][0]
    now = timezone.now() - timedelta(hours=1)
    made = {
        "text": "按规定办理，情况正常", "datetime": now, "date": now.date(), "time": "09:30", "int": 3, "decimal": "1.5",
        "money": 12850, "bool": True, "phone": "13900006789", "list": "第一项\n第二项", "ref:house": community.house,
        "ref:resident": community.owner, "ref:owner": community.owner, "ref:employee": community.staff["steward"],
        "ref:department": None, "ref:district": community.district,
    }  # fmt: skip
    return made.get(field.type, "青石路一号")


def filled(form: book.Form, community: Community, *, without: str = "") -> dict[str, Any]:
    given: dict[str, Any] = {}
    for field in form.fields:
        if fields.field_for(field) is not None and field.key != without:
            value = sample(field, community)
            if field.type == "ref:department":
                value = Department.objects.get_or_create(project=community.project, key="service", name="客服部")[0]
            given[fields.name_of(field)] = value
    if any(field.type in fields.PICTURED for field in form.fields):
        given[fields.PICTURES] = [png()]
    return given


def keeper_of(form_id: str, community: Community, **more: Any) -> Any:
    """Somebody of the cast whose post keeps the form."""
    held = {who: post for who, post in WHO.items() if post in keepers(form_id)}
    return community.by(next(iter(held)), **more)


WHO = {
    "steward": posts.STEWARD, "supervisor": posts.SERVICE_SUPERVISOR, "manager": posts.PROJECT_MANAGER,
}  # fmt: skip


@pytest.mark.clause(
    "ORG-07", "DESK-07", "DESK-09", "DESK-15", "VIS-02", "PAR-05", "LOST-02", "KEY-04", "KEY-08", "KEY-13",
    "CMP-01", "SPC-01", "SUG-02", "PRM-01", "REV-05", "SUR-02", "PAT-03",
    "PAT-04", "PAT-12", "VIO-02", "VAC-01", "VAC-02", "VAC-03", "REN-05", "REN-07", "FEE-03", "FEE-06", "NTC-03",
    "ACT-01", "ACT-07", "COM-03", "MOV-03", "RES-01", "RES-02", "RES-04", "RES-05", "SFT-09", "SFT-11", "RPT-04",
    "CAR-03", "EMG-01", "EMG-07", "EMG-11", "EMG-19", "EMG-22", "EMG-29", "EMG-31", "LEA-05",
)  # fmt: skip
@pytest.mark.parametrize("chapter", sorted({chapter_of(form) for form in kept_forms()}))
def test_each_form_of_a_chapter_is_refused_without_what_it_requires_kept_whole_and_printed(
    north: Community, chapter: str
) -> None:
    for form in kept_forms():
        if chapter_of(form) == chapter:
            keep_one(north, form)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM entries_entry e WHERE e::text LIKE '%%按规定办理%%'")
        assert cursor.fetchone()[0] == 0


def keep_one(north: Community, form: book.Form) -> None:
    keep, by = KEEPING[form.id], keeper_of(form.id, north)
    typed = (f for f in form.fields if f.is_required and fields.field_for(f) is not None and f.type != "bool")
    missing = next(typed, None)
    if missing is not None:
        with pytest.raises(Refused) as refusal:
            keep(north.project, by=by, **filled(form, north, without=missing.key))
        assert fields.name_of(missing) in refusal.value.errors
    assert not Entry.objects.filter(form_id=form.id).exists()
    entry = keep(north.project, by=by, **filled(form, north))
    entry.refresh_from_db()
    assert {f.key for f in form.fields if f.is_required and fields.field_for(f) is not None} <= set(values(entry))
    assert made(print_entry, entry, Press(by)).startswith(b"%PDF")
    assert Event.objects.get(name=keep.name).subject_id == entry.pk


def pat(north: Community, who: str = "steward", **more: Any) -> Entry:
    given = filled(book.form("F-PAT"), north) | more
    return KEEPING["F-PAT"](north.project, by=north.by(who), **given)


@pytest.mark.clause("PAT-03", "PAT-04")
def test_the_patrol_record_is_kept_signed_and_closed(north: Community) -> None:
    entry = pat(north)
    for slot in [one.key for one in open_slots(entry)]:
        who = {"steward": "steward", "service_supervisor": "supervisor"}.get(slot, "manager")
        sign(entry, by=north.by(who), slot=slot)
    assert entry.state == "signed" and Signature.objects.count() >= 1


def test_a_guard_keeps_no_household_file_and_reads_none(north: Community) -> None:
    with pytest.raises(Forbidden):
        KEEPING["F-RES"](north.project, by=north.by("guard"), **filled(book.form("F-RES"), north))
    entry = KEEPING["F-RES"](north.project, by=north.by("steward"), **filled(book.form("F-RES"), north))
    assert not Entry.visible_to(north.by("guard")).exists() and Entry.visible_to(north.by("supervisor")).get() == entry


def test_a_house_or_a_resident_of_another_project_is_a_stranger(north: Community, south: Community) -> None:
    form = book.form("F-RES")
    with pytest.raises(Refused) as refusal:
        KEEPING["F-RES"](north.project, by=north.by("steward"), **filled(form, north) | {"house": south.house})
    assert "house" in refusal.value.errors and not Entry.objects.exists()
    with pytest.raises(Unknown):
        KEEPING["F-RES"](north.project, by=south.by("steward"), **filled(form, north))
    entry = pat(north)
    with pytest.raises(Unknown):
        strike_out(entry, by=south.by("supervisor"), struck_for="不对")


def test_nobody_signs_for_a_post_they_do_not_hold_or_twice(north: Community) -> None:
    entry = pat(north)
    with pytest.raises(Unknown):
        sign(entry, by=north.by("guard"), slot="steward")
    first = "steward" if "steward" in entry.form.signatures else entry.form.signatures[0]
    sign(entry, by=north.by("steward"), slot=first)
    with pytest.raises((Forbidden, Refused, Conflict)):
        sign(entry, by=north.by("steward"), slot=first)
    assert Signature.objects.count() == 1


def test_somebody_from_outside_signs_on_the_glass(north: Community) -> None:
    form = next(f for f in kept_forms() if set(f.signatures) - posts.EVERYONE and "steward" in keepers(f.id))
    entry = KEEPING[form.id](north.project, by=north.by("steward"), **filled(form, north))
    role = next(r for r in form.signatures if r not in posts.EVERYONE)
    take_signature(entry, by=north.by("steward"), slot=role, name="祝小满", signature=png())
    assert Signature.objects.get().name == "祝小满"
    svg = SimpleUploadedFile("s.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")
    with pytest.raises((Refused, Conflict)):
        take_signature(entry, by=north.by("steward"), slot=role, name="祝小满", signature=svg)


def test_a_wrong_entry_is_struck_out_with_a_reason_and_replaced_once(north: Community) -> None:
    entry = pat(north)
    with pytest.raises(Refused):
        strike_out(entry, by=north.by("supervisor"), struck_for="")
    with pytest.raises(Refused):
        pat(north, replaces=entry.pk)
    strike_out(entry, by=north.by("supervisor"), struck_for="楼号写错")
    again = pat(north, replaces=entry.pk)
    assert again.replaces_id == entry.pk
    with pytest.raises(Refused):
        pat(north, replaces=entry.pk)
    with pytest.raises(Conflict):
        strike_out(entry, by=north.by("supervisor"), struck_for="又写错")


def test_an_entry_is_found_by_number_house_and_words_and_not_in_another_project(
    north: Community, south: Community
) -> None:
    entry = KEEPING["F-RES"](
        north.project, by=north.by("steward"), **filled(book.form("F-RES"), north) | {"job": "教师"}
    )
    for words in ("教师", entry.number[-4:], "1201"):
        assert search.found([north.project.pk], "entry", words) == [entry.pk]
    assert search.found([south.project.pk], "entry", "教师") == []


def test_what_happened_does_not_lie_ahead(north: Community) -> None:
    form = next(f for f in kept_forms() if any(x.key == "at" and x.type == "datetime" for x in f.fields))
    given = filled(form, north) | {"at_": timezone.now() + timedelta(days=1)}
    with pytest.raises(Refused) as refusal:
        KEEPING[form.id](north.project, by=keeper_of(form.id, north), **given)
    assert "at_" in refusal.value.errors


def test_printing_is_on_record(north: Community) -> None:
    entry = pat(north)
    print_entry(entry, by=north.by("manager"))
    assert Event.objects.filter(name="entries.print_entry", subject_id=entry.pk).count() == 1


# -- pages -----------------------------------------------------------------------------------------------------------


def signed_in(community: Community, who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=f"{community.project.code}.{who}"))
    session = client.session
    session["generation"] = 0
    session.save()
    return client


def test_a_steward_fills_a_form_in_on_the_page(north: Community) -> None:
    client = signed_in(north, "steward")
    chosen = client.get(reverse("entries:choose", args=["north"]))
    url = reverse("entries:new", args=["north", "F-PAT"])
    assert url in chosen.content.decode() and client.get(url).status_code == 200
    given = {k: getattr(v, "pk", v) for k, v in filled(book.form("F-PAT"), north).items() if k != fields.PICTURES}
    refused = client.post(url, {"idempotency_key": "k-0", **dict.fromkeys(given, "")})
    assert refused.status_code == 422 and not Entry.objects.exists()
    kept = client.post(url, {"idempotency_key": "k-1", **given, fields.PICTURES: png()})
    entry = Entry.objects.get()
    assert kept["Location"] == reverse("entries:page", args=["north", entry.pk])
    page = client.get(kept["Location"]).content.decode()
    assert entry.number in page and "13900006789" not in page


def test_the_paper_is_handed_out_by_post_only(north: Community) -> None:
    entry, client = pat(north), signed_in(north, "supervisor")
    url = address_of(print_entry, entry)
    assert client.get(url).status_code == 405
    assert client.post(url, {"idempotency_key": "k-2"}).content.startswith(b"%PDF")


def test_a_stranger_meets_nothing(north: Community, south: Community) -> None:
    entry, client = pat(north), signed_in(south, "supervisor")
    for name, args in (("page", [entry.pk]), ("list", []), ("choose", [])):
        url = reverse(f"entries:{name}", args=["north", *args])
        assert client.get(url).status_code in (404, 405)
        assert client.post(url, {}).status_code in (404, 405)
    mine = reverse("entries:page", args=["south", entry.pk])
    assert client.get(mine).status_code == 404


def test_a_post_that_does_not_keep_a_form_is_refused_it(north: Community) -> None:
    assert signed_in(north, "guard").get(reverse("entries:new", args=["north", "F-RES"])).status_code == 403
    assert signed_in(north, "guard").get(reverse("entries:new", args=["north", "F-NOT-THERE"])).status_code == 404


def test_the_list_costs_the_same_whatever_its_length(north: Community, django_assert_max_num_queries: Any) -> None:
    for _n in range(5):
        pat(north)
    client = signed_in(north, "supervisor")
    with django_assert_max_num_queries(12):
        assert client.get(reverse("entries:list", args=["north"])).status_code == 200
