"""Which posts the desk is open to."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from guanjia.kernel.outcomes import Forbidden
from guanjia.people import posts
from guanjia.web.doors import Request, staff_page

DESK = posts.SERVICE | posts.SUPERVISORS | posts.MANAGERS | posts.ENGINEERING | posts.SECURITY | {posts.CASHIER}


def desk_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A staff page for the posts of the desk; another post of the same project is told so (403)."""

    @functools.wraps(view)
    def enter(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.holds(request.project.pk, *DESK):
            raise Forbidden("desk")
        return view(request, *args, **kwargs)

    return staff_page(enter)
