"""A project changes who may do what."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.kernel import operations as kernel
from guanjia.kernel.actors import Actor
from guanjia.kernel.forms import OperationForm
from guanjia.kernel.operations import operation
from guanjia.kernel.outcomes import Refused
from guanjia.people import posts
from guanjia.people.models import RightOverride
from guanjia.places.models import Project


class RightForm(OperationForm):
    post = forms.ChoiceField(label=_("Post"), choices=posts.CHOICES)
    right = forms.CharField(label=_("Operation"), max_length=80)
    is_allowed = forms.TypedChoiceField(
        label=_("Decision"),
        coerce=lambda v: {"give": True, "take": False, "default": None}[v],
        choices=[("give", _("Give")), ("take", _("Take")), ("default", _("As in the table"))],
        empty_value=None,
    )
    reason = forms.CharField(label=_("Reason"), max_length=100)

    def clean_right(self) -> str:
        right = self.cleaned_data["right"]
        found = kernel.registry.get(right)
        if found is None or found.internal:
            raise forms.ValidationError(_("There is no such operation."))
        return str(right)


# Rights over rights and over staff are the company's alone: a project does not give them away.
KEPT = (
    "privacy.override_right",
    "organization.grant_post",
    "organization.hire",
    "organization.open_project",
    "people.reset_second_factor",
)


@operation(Project, label=_("Change a right"), form=RightForm, clauses=["PRIV-02"], guarded=True, icon="lock")
def override_right(project: Project, *, by: Actor, post: str, right: str, is_allowed: bool | None, reason: str) -> None:
    """A project gives a post an operation, or takes it, against the default table."""
    if right in KEPT:
        raise Refused("right", _("This right is not given or taken by a project."))
    if is_allowed and by.holds(project.pk, post):
        raise Refused("post", _("Nobody widens the rights of their own post."))
    if is_allowed is None:
        RightOverride.objects.filter(project=project, post=post, right=right).delete()
        return
    RightOverride.objects.update_or_create(project=project, post=post, right=right, defaults={"is_allowed": is_allowed})
