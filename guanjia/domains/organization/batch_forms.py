"""The rows of the batch by which staff come in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.when import HAPPENED
from guanjia.people import posts
from guanjia.places.models import Project

from .forms import NOT_SIGNED, QUALIFIED, UNQUALIFIED, HireForm, day


class StaffRow(HireForm):
    """As one employee is hired; the agreement that is signed already and the posts that are held stand beside it."""

    nda_signed_on = day(
        _("Confidentiality agreement signed on"), required=False,
        validators=[HAPPENED, MinValueValidator(date(1990, 1, 1), _("This day is out of range."))],
    )  # fmt: skip
    posts = forms.JSONField(label=_("Posts"), required=False)

    def clean_posts(self) -> list[tuple[int, str, date]]:
        """[[project id, post, first day], …]"""
        try:
            held = [(int(project), str(post), date.fromisoformat(day)) for project, post, day in self._given()]
        except (TypeError, ValueError):
            raise forms.ValidationError(_("Say for each post the project, the post and the first day.")) from None
        if any(post not in posts.NAMES or project not in self._projects() for project, post, _day in held):
            raise forms.ValidationError(_("There is no such post or project."))
        return held

    def _given(self) -> list[Any]:
        given = self.cleaned_data["posts"] or []
        if not isinstance(given, list) or len(given) > 20:
            raise ValueError
        return given

    def _projects(self) -> frozenset[int]:
        if not hasattr(self, "_known"):
            self._known = frozenset(Project.objects.values_list("pk", flat=True))
        return self._known

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        held = {post for _project, post, _day in cleaned.get("posts") or []}
        if held and not cleaned.get("nda_signed_on"):
            self.add_error("posts", NOT_SIGNED)
        if posts.STEWARD in held and cleaned.get("education") not in QUALIFIED:
            self.add_error("posts", UNQUALIFIED)
        return cleaned
