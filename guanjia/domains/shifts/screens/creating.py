"""The pages on which things of this room are begun that have a page of their own design."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from guanjia.kernel.operations import Operation
from guanjia.web.doors import making, staff_page

from ..operations import begin, begin_transfer, pass_on
from . import registers


def _page(operation: Operation, address: Callable[..., str], back: str, said: Any = "") -> Callable[..., HttpResponse]:
    """The form of a creating operation, and on to the thing it made."""

    @staff_page
    @require_http_methods(["GET", "POST"])
    def view(request: Any) -> HttpResponse:
        project = request.project
        there = reverse(back, args=[project.code])
        return making(request, operation, project, back=there, to=lambda made: address(made, project), said=said)

    return view


new_handover = _page(begin, registers.handover_address, "shifts:home")
new_pass_on = _page(
    pass_on, registers.pass_on_address, "shifts:pass-ons:list", _("Passed on. Who has read it stands here.")
)
new_transfer = _page(begin_transfer, registers.transfer_address, "shifts:transfers:list")
