"""What several forms of this room share."""

from django import forms

LINES = forms.Textarea(attrs={"rows": 3})
