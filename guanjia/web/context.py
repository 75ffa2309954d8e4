"""How a person wants the pages to look: theme, density, single-letter keys. Kept in cookies of this browser."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

THEMES = ("auto", "light", "dark")
DENSITIES = ("standard", "compact")
KEYS = ("on", "off")
THEME_COOKIE, DENSITY_COOKIE, KEYS_COOKIE = "gj_theme", "gj_density", "gj_keys"


@dataclass(frozen=True)
class Look:
    theme: str = "auto"
    density: str = "standard"
    keys: str = "on"


def look_of(request: HttpRequest | None) -> Look:
    """The look of this browser; a forged cookie is as good as none."""
    cookies = getattr(request, "COOKIES", {})

    def one(name: str, among: tuple[str, ...]) -> str:
        value = cookies.get(name, among[0])
        return value if value in among else among[0]

    return Look(one(THEME_COOKIE, THEMES), one(DENSITY_COOKIE, DENSITIES), one(KEYS_COOKIE, KEYS))


def look(request: HttpRequest) -> dict[str, Look]:
    """Context processor; layouts work without it too, through the tag of the same name."""
    return {"look": look_of(request)}
