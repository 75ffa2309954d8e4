"""What leads on from a page: back from a borrower, out to destruction, and what who signs it is shown."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from guanjia.domains.archives import operations
from guanjia.kernel.outcomes import Stored
from guanjia.parts.approvals import describing
from guanjia.parts.custody.models import Handout

from .shelf import Shelf, shelf
from .test_reading import asked_to_lend, pledged, signed
from .test_screens import shown, signed_in

__all__ = ["shelf"]
pytestmark = pytest.mark.django_db


@pytest.mark.clause("ARC-06", "ARC-07")
def test_a_lent_document_is_taken_back_from_its_own_page(shelf: Shelf) -> None:
    document, client = shelf.put("movein_notice"), signed_in(shelf.north, "supervisor")
    assert "/do/take_back" not in shown(client, "documents:page", document.pk)
    signed(shelf, asked_to_lend(shelf, document), "manager")
    loan = Handout.objects.get()
    page = shown(client, "documents:page", document.pk)
    assert f"/handout/{loan.pk}/do/take_back?next=" in page and shelf.north.staff["steward"].name in page
    here = reverse("archives:documents:page", args=["north", document.pk])
    act = reverse("acts:do", args=["north", "handout", loan.pk, "take_back"])
    assert client.post(act, {"condition": "whole", "next": here})["Location"] == here
    document.refresh_from_db()
    assert document.state == "in_store"


@pytest.mark.clause("ARC-11")
def test_destruction_begins_with_what_is_over_and_with_what_was_asked_for(shelf: Shelf) -> None:
    old, young = pledged(shelf), shelf.put("movein_notice")
    client = signed_in(shelf.north, "supervisor")
    listed = shown(client, "destructions:new")
    assert old.number in listed and young.number not in listed, "not the whole archives"
    asked = shown(client, "destructions:new", documents=str(young.pk))
    assert f'value="{young.pk}"' in asked and asked.count("checked") == 1
    assert f"?documents={young.pk}" in shown(client, "documents:page", young.pk)
    assert "?documents=" not in shown(signed_in(shelf.north, "officer"), "documents:page", young.pk)
    url = reverse("archives:destructions:new", args=["north"])
    refused = client.post(url, {"documents": [young.pk], "appraisal": "保管期满"})
    assert refused.status_code == 422 and "还没有到期" in refused.content.decode()
    assert refused.content.decode().count("checked") == 1, "what was ticked stays ticked"


@pytest.mark.clause("ARC-11")
def test_who_clears_it_sees_every_document(shelf: Shelf) -> None:
    old, by = pledged(shelf), shelf.north.by("supervisor")
    entry = operations.propose(shelf.north.project, by=by, documents=[old], appraisal="保管期满")
    with pytest.raises(Stored) as stored:
        operations.clear(entry, by=by)
    said = describing.of(stored.value.thing)
    assert any(old.number in str(fact["label"]) for fact in said.facts) and said.sub == "保管期满"
    assert old.keep_until is not None and old.keep_until < timezone.localdate()
