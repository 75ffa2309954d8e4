"""One page for any verb of any thing: the operation's own form, its refusals, and back to the thing."""

from __future__ import annotations

from typing import Any

from django.forms import ModelChoiceField
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from guanjia.kernel import operations, search, subjects
from guanjia.kernel.outcomes import Forbidden
from guanjia.kernel.subjects import label_of
from guanjia.places.queries import code_of

from .doors import Request, answer, asked_for, staff_page
from .sheets import is_paper
from .things import missing_of

app_name = "acts"
# Of a long choice, for what was typed: so many are answered, the shortest of so many that fit (what is typed whole is
# among them); of a kind without search words so many are looked through.
FEW, LOOKED_AT, MOST = 30, 200, 2000


@staff_page
@require_http_methods(["GET", "POST"])
def act(request: Request, label: str, pk: int, verb: str) -> HttpResponse:
    """Show or perform one operation. What cannot be seen is 404; what the post may not do is 403."""
    by, project = request.actor, request.project
    thing = _seen(request, label, pk)
    operation = _may(request, next((o for o in operations.on(type(thing)) if o.verb == verb and not is_paper(o)), None))
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


def _seen(request: Request, label: str, pk: int) -> Any:
    """The thing of an address. Raises Http404 for what is of another project."""
    thing = subjects.get(label, pk, request.actor)
    if thing.project_id != request.project.pk:
        raise Http404
    return thing


def _may(request: Request, operation: operations.Operation | None) -> operations.Operation:
    """The verb of an address. Raises Http404 where there is none, Forbidden for what the post may not do."""
    if operation is None:
        raise Http404
    if not request.actor.may(operation.name, request.project.pk):
        raise Forbidden(operation.name)
    return operation


@staff_page
@require_POST  # what is typed may be a name or a number: it stands in no address
def choices(request: Request, label: str, pk: int, room: str, verb: str, field: str) -> HttpResponse:
    """What a long field of an operation's form offers for what was typed: of that form's own choices, a few."""
    thing, meant = _seen(request, label, pk), operations.registry.get(f"{room}.{verb}")
    is_of_it = meant is not None and meant.model is type(thing) and not meant.internal
    operation = _may(request, meant if is_of_it else None)
    asked = operation.new_form(thing, request.actor).fields.get(field)
    if not isinstance(asked, ModelChoiceField):
        raise Http404
    every: Any = asked.queryset
    said = request.POST.get("q", "").strip()[:60]
    found = search.found([request.project.pk], label_of(every.model), code_of(said) or said, limit=LOOKED_AT)
    rows = list(every.filter(pk__in=found))
    named = [(row.pk, str(asked.label_from_instance(row))) for row in rows or every[:MOST]]
    if not rows:  # not every kind has search words
        named = [(pk, words) for pk, words in named if said.lower() in words.lower()]
    named.sort(key=lambda one: (len(one[1]), one[1]))  # 3-2-201 before 3-2-1201
    return JsonResponse({"found": [{"value": pk, "words": words} for pk, words in named[:FEW]]})


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


AT = "p/<slug:project>/<name:label>/<id:pk>"
urlpatterns = [
    path(f"{AT}/do/<name:verb>", act, name="do"),
    path(f"{AT}/choices/<name:room>/<name:verb>/<name:field>", choices, name="choices"),
]
