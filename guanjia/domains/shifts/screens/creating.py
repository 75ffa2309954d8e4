"""The pages on which things of this room are begun that have a page of their own design."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from guanjia.kernel.operations import Operation
from guanjia.kernel.outcomes import Forbidden
from guanjia.web.doors import answer, staff_page

from ..operations import begin, begin_transfer, pass_on
from . import registers


def _page(operation: Operation, address: Callable[..., str], back: str, said: Any = "") -> Callable[..., HttpResponse]:
    """The form of a creating operation, and on to the thing it made."""

    @staff_page
    @require_http_methods(["GET", "POST"])
    def view(request: Any) -> HttpResponse:
        by, project = request.actor, request.project
        if not by.may(operation.name, project.pk):
            raise Forbidden(operation.name)
        context = {
            "operation": operation, "label": operation.label, "thing": project,
            "back_url": reverse(back, args=[project.code]),
        }  # fmt: skip
        if request.method == "POST":
            return answer(
                request, operation, project, success_url=lambda made: address(made, project),
                template="web/act.html", context=context, said=str(said),
            )  # fmt: skip
        return render(request, "web/act.html", {**context, "form": operation.new_form(project, by)})

    return view


new_handover = _page(begin, registers.handover_address, "shifts:home")
new_pass_on = _page(
    pass_on, registers.pass_on_address, "shifts:pass-ons:list", _("Passed on. Who has read it stands here.")
)
new_transfer = _page(begin_transfer, registers.transfer_address, "shifts:transfers:list")
