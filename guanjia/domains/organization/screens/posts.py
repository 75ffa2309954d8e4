"""What each post does: its duties by the Book's words, where they are done, what of them is owed today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from guanjia import book
from guanjia.book import duties
from guanjia.kernel.actors import Actor
from guanjia.kernel.languages import said
from guanjia.parts.entries.keepers import keepers
from guanjia.parts.obligations import queries as obligations
from guanjia.parts.obligations import rules
from guanjia.people import posts, queries
from guanjia.places.models import Project
from guanjia.web.doors import staff_page

PAGES = {
    "reception:home": _("Counter and telephone"), "reception:walk-ins": _("Register of walk-ins"),
    "reception:slips": _("Message slips"), "reception:replies": _("Standard replies"),
    "desk:queue": _("Queue of cases"),
    "field:district": _("My district on the phone"), "shifts:pass-ons:list": _("Passed on"),
    "standards:home": _("Book"), "followups:visits:list": _("Household visits"), "archives:list": _("Archives"),
    "parcels:letters": pgettext_lazy("post", "Letters round"), "parcels:list": _("Parcels and letters"),
    "visitors:list": _("Visitors"),
    "inspections:list": _("Checks"), "keys:home": _("Keys"), "left_items:list": _("Things left with us"),
    "goods:list": _("Things to lend"), "office:places": _("Buildings and homes"), "office:residents": _("Residents"),
}  # fmt: skip


def _plain(post: str) -> tuple[str, ...]:
    """The duties of a post in the Book's words; a post that is ours (who keeps the system) has none there."""
    role = book.roles().get(post)
    return tuple(role.duties) if role else ()


@staff_page
@require_safe
def all_posts(request: Any) -> HttpResponse:
    """Every post with who holds it and what it is for; one's own first."""
    project, by = request.project, request.actor
    held = by.posts.get(project.pk, frozenset())
    rows = [
        {
            "name": posts.NAMES[post], "mine": post in held, "duties": "、".join(_plain(post)),
            "url": reverse("organization:post", args=[project.code, post]),
        }
        for post in sorted(posts.NAMES, key=lambda post: post not in held)
    ]  # fmt: skip
    return render(request, "organization/posts.html", {"rows": rows})


@staff_page
@require_safe
def one_post(request: Any, post: str) -> HttpResponse:
    """A post: who holds it, whom it reports to, and its duties under their headings, each with a way to do it."""
    project, by = request.project, request.actor
    if post not in posts.NAMES:
        raise Http404
    owed = {rules.registry[row["rule_key"]].clause: row for row in obligations.today(by, project, by.at)}
    superior = queries.reporting_tree(project).get(post, "")
    context = {
        "name": posts.NAMES[post],
        "mine": by.holds(project.pk, post),
        "people": [one.name for one in queries.holders(project, post, by.at)[:12]],
        "superior": posts.NAMES.get(superior, ""),
        "plain": _plain(post),
        "chapters": [_chapter(chapter, post, owed, project, by) for chapter in duties.of(post)],
        "list_url": reverse("organization:posts", args=[project.code]),
    }
    return render(request, "organization/post.html", context)


def _chapter(chapter: duties.Chapter, post: str, owed: dict[str, Any], project: Project, by: Actor) -> dict[str, Any]:
    clause = book.clause(chapter.clause)
    return {
        "title": said(clause.title, clause.title_en), "clause": chapter.clause,
        "url": reverse("standards:clause", args=[project.code, chapter.clause]),
        "groups": [
            {"title": said(group.zh, group.en), "rows": [_row(duty, post, owed, project, by) for duty in group.duties]}
            for group in chapter.groups
        ],
    }  # fmt: skip


def _row(duty: duties.Duty, post: str, owed: dict[str, Any], project: Project, by: Actor) -> dict[str, Any]:
    """A duty with its ways, for who holds the post, and what of it is owed today."""
    today = [owed[one] for one in duty.clauses if one in owed]
    return {
        "words": said(duty.zh, duty.en), "step": duty.step, "ways": list(_ways(duty, post, project, by)),
        "clauses": duty.clauses, "of": sum(row["subjects"] for row in today), "met": sum(row["met"] for row in today),
        "missed": sum(row["missed"] for row in today),
    }  # fmt: skip


def _ways(duty: duties.Duty, post: str, project: Project, by: Actor) -> Iterator[dict[str, str]]:
    """Links for who holds the post; for others the names of the ways."""
    mine = by.holds(project.pk, post)
    for page in duty.pages:
        yield {"label": str(PAGES[page]), "url": reverse(page, args=[project.code]) if mine else ""}
    for name in duty.forms:
        form = book.form(name)
        keeps = mine and by.holds(project.pk, *keepers(name))
        url = reverse("entries:new", args=[project.code, name]) if keeps else ""
        yield {"label": said(form.name, form.name_en), "url": url}
