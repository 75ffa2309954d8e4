"""The record clauses whose every form is kept here: their fields are required, their signatures taken, they print."""

from guanjia import book
from guanjia.parts.standards.bindings import bind_record

from . import duties  # noqa: F401  # declares what is owed as a form
from .keepers import kept_forms

_ours = {form.id for form in kept_forms()}
for _clause in book.clauses():
    if _clause.kind == "record" and _clause.forms and set(_clause.forms) <= _ours:
        for _form in _clause.forms:
            bind_record(_clause.id, form=_form, label="entry", evidence="entries:list")
