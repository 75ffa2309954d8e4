"""One page for any verb of any thing: the operation's own form, its refusals, and back to the thing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guanjia.kernel import operations, subjects
from guanjia.kernel.outcomes import Forbidden

from .doors import Request, answer, asked_for, staff_page
from .things import missing_of

app_name = "acts"


@staff_page
@require_http_methods(["GET", "POST"])
def act(request: Request, label: str, pk: int, verb: str) -> HttpResponse:
    """Show or perform one operation. What cannot be seen is 404; what the post may not do is 403."""
    by, project = request.actor, request.project
    thing = subjects.get(label, pk, by)
    if thing.project_id != project.pk:
        raise Http404
    operation = next((o for o in operations.on(type(thing)) if o.verb == verb), None)
    if operation is None:
        raise Http404
    if not by.may(operation.name, project.pk):
        raise Forbidden(operation.name)
    back = subjects.address_of(thing) or reverse("desk:today", args=[project.code])
    asked = request.POST.get("next") or request.GET.get("next", "")
    if asked and url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        back = asked
    context = {
        "operation": operation,
        "label": operation.label,
        "danger": operation.danger,
        "thing": thing,
        "back_url": back,
        "next": asked,
        **_state_of(operation, thing, by),
    }
    if request.method == "POST":
        return answer(
            request,
            operation,
            thing,
            success_url=back,
            template=_template(request),
            context=context,
            said=lambda done: _("Done: %(verb)s.") % {"verb": operation.label},
        )
    context["form"] = operation.new_form(thing, by, initial=asked_for(request, operation))
    return render(request, _template(request), context, status=409 if context["past"] else 200)


def _template(request: Any) -> str:
    return "web/act_part.html" if request.headers.get("HX-Request") else "web/act.html"


def _state_of(operation: operations.Operation, thing: Any, by: Any) -> dict[str, Any]:
    """Whether the thing's state is past the verb, and what is still missing for it."""
    offer = operation.offer(thing, by)
    missing = missing_of(offer, thing, subjects.address_of(thing))
    past = ""
    if offer is None:
        past = (
            _("This is not yours to do now.")
            if operation.is_in_flow(thing)
            else _("It has moved on: this can no longer be done.")
        )
    return {"missing": missing, "past": past, "note": offer.note if offer else ""}


urlpatterns = [path("p/<slug:project>/<name:label>/<id:pk>/do/<name:verb>", act, name="do")]
