"""The requests that are measured, as a program and a browser send them."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.test import Client
from django.urls import reverse

from guanjia.parts.casework.models import Case

from .community import RARE, Place


class Asking:
    """One caller of the API, and one browser at the desk."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.base = f"/api/p/{place.project.code}/cases"
        self.api = Client(headers={"Authorization": f"Bearer {place.token}"})
        self.browser = Client()
        self.browser.force_login(place.account)
        session = self.browser.session
        session["generation"] = place.account.generation
        session.save()
        self.some = list(
            Case.objects.filter(project=place.project).order_by("-id").values_list("pk", flat=True)[::97][:500]
        )
        self.fresh: list[str] = []

    def create(self, number: int) -> None:
        house = self.place.houses[number % len(self.place.houses)]
        resident = self.place.residents[number % len(self.place.residents)]
        made = self._post(
            "/record", place="home", house=str(house), resident=str(resident), content=f"厨房水管漏水 {number}",
            category="plumbing", problem="leak", urgency="ordinary", channel="phone", apart=True,
        )  # fmt: skip
        self.fresh.append(made["id"])

    def transition(self, number: int) -> None:
        self._post(f"/{self.fresh.pop()}/dispatch", executor=str(self.place.technician.pk))

    def list_newest(self, number: int) -> None:
        assert len(self._get(self.base, limit="25")["items"]) == 25

    def list_open(self, number: int) -> None:
        assert self._get(self.base, state="open", limit="25")["items"]

    def search_common(self, number: int) -> None:
        assert self._get(self.base, q="漏水")["items"]

    def search_rare(self, number: int) -> None:
        assert self._get(self.base, q=RARE[3:7])["items"]

    def open_one(self, number: int) -> None:
        self._get(f"{self.base}/{self.some[number % len(self.some)]}")

    def page_list(self, number: int) -> None:
        self._page(reverse("desk:queue", args=[self.place.project.code]))

    def page_open(self, number: int) -> None:
        self._page(reverse("desk:case", args=[self.place.project.code, self.some[number % len(self.some)]]))

    def _post(self, path: str, **content: Any) -> Any:
        key = {"Idempotency-Key": secrets.token_hex(12)}
        answer = self.api.post(self.base + path, json.dumps(content), content_type="application/json", headers=key)
        if answer.status_code not in (200, 201):
            raise RuntimeError(answer.content.decode())
        return answer.json()

    def _get(self, path: str, **query: str) -> Any:
        answer = self.api.get(path, query)
        if answer.status_code != 200:
            raise RuntimeError(answer.content.decode())
        return answer.json()

    def _page(self, url: str) -> None:
        answer = self.browser.get(url)
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status_code}")
