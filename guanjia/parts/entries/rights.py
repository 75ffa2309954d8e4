"""Who keeps which form follows from the Book; who signs, from the form's own lines."""

from .operations import RIGHTS

__all__ = ["RIGHTS"]
