"""Fields that any form about people uses: names, phone numbers, ID numbers. Each refusal says what is wrong."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NO_PHONE = _("This is not a phone number. A mobile has 11 digits, for example 139 0000 0000.")
_NAME = re.compile(r"[^\W\d_][\w\s·•.'’()（）-]*", re.UNICODE)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class PersonNameField(forms.CharField):
    """A person's name: letters of any script. What begins like a formula or carries marks is refused."""

    def __init__(self, *, max_length: int = 30, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Full name"))
        super().__init__(max_length=max_length, **kwargs)

    def clean(self, value: Any) -> str:
        name = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", str(super().clean(value) or ""))).strip()
        if name and not _NAME.fullmatch(name):
            raise forms.ValidationError(_("A name is made of letters, and begins with one."))
        return name


class PhoneField(forms.CharField):
    """A mobile or landline number of a person, kept as digits."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Phone"))
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "data-private": ""})
        )
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> str:
        return phone_of(str(super().clean(value) or ""))


class LineField(forms.CharField):
    """The line of an office, shown as it is said: 0571-8000 1234."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Phone"))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> str:
        line = unicodedata.normalize("NFKC", str(super().clean(value) or "")).strip()
        if line and not re.fullmatch(r"\+?\d[\d -]{2,18}\d", line):
            raise forms.ValidationError(NO_PHONE)
        return line


def phone_of(text: str) -> str:
    """The number as it is kept. Raises ValidationError with a sentence."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return ""
    digits = re.sub(r"[\s()-]", "", plain).removeprefix("+86")
    if not re.fullmatch(r"\+?\d{5,15}", digits):
        raise forms.ValidationError(NO_PHONE)
    if re.fullmatch(r"1\d+", digits) and len(digits) != 11 and len(digits) > 8:
        raise forms.ValidationError(_("A mobile number has 11 digits; this one has %(n)d.") % {"n": len(digits)})
    return digits


def id_card_of(text: str) -> str:
    """An identity card number with its check digit. Raises ValidationError with a sentence."""
    number = unicodedata.normalize("NFKC", text).strip().upper()
    if not re.fullmatch(r"\d{17}[\dX]", number):
        raise forms.ValidationError(_("An identity card number has 18 characters: digits, the last may be X."))
    if _CHECKS[sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True)) % 11] != number[17]:
        raise forms.ValidationError(_("The check digit of the identity card number is wrong. Read it again."))
    return number


def document_of(kind: str, text: str) -> str:
    """A document number as it is kept: cards are checked, others are letters and digits."""
    if not text:
        return ""
    if kind in ("", "idcard"):
        return id_card_of(text)
    number = unicodedata.normalize("NFKC", text).strip().upper()
    if not re.fullmatch(r"[A-Z0-9()-]{5,20}", number):
        raise forms.ValidationError(_("A document number has 5 to 20 letters and digits."))
    return number


@lru_cache(maxsize=8192)
def sort_key_of(name: str) -> str:
    """The key by which names stand in Chinese order: pinyin with tones, then the name itself."""
    from pypinyin import Style, lazy_pinyin

    return f"{' '.join(lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True))}|{name}".lower()[:120]
