"""Small drawn pictures in place of photographs: nobody's home is shown."""

from __future__ import annotations

import io
import random
from functools import lru_cache

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SIZE = (480, 360)
KINDS = ("pipe", "lamp", "wall", "door")


@lru_cache(maxsize=32)
def _drawn(kind: str, after: bool, shade: int) -> bytes:
    picture = Image.new("RGB", SIZE, (205 + shade, 212 + shade, 214 + shade))
    pen = ImageDraw.Draw(picture)
    for x in range(0, SIZE[0], 80):
        pen.line([(x, 0), (x, SIZE[1])], fill=(184 + shade, 194 + shade, 198 + shade), width=2)
    for y in range(0, SIZE[1], 80):
        pen.line([(0, y), (SIZE[0], y)], fill=(184 + shade, 194 + shade, 198 + shade), width=2)
    {"pipe": _pipe, "lamp": _lamp, "wall": _wall, "door": _door}[kind](pen, after)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _pipe(pen: ImageDraw.ImageDraw, after: bool) -> None:
    pen.rounded_rectangle([60, 120, 260, 160], 18, fill=(230, 232, 236), outline=(120, 128, 140), width=3)
    pen.rounded_rectangle([220, 120, 262, 280], 18, fill=(230, 232, 236), outline=(120, 128, 140), width=3)
    pen.rectangle([60, 112, 84, 168], fill=(60, 110, 190))
    if not after:
        pen.ellipse([180, 290, 400, 330], fill=(120, 160, 200))
        for drop in (200, 240, 280):
            pen.ellipse([drop, 180 + drop // 6, drop + 10, 200 + drop // 6], fill=(110, 155, 205))


def _lamp(pen: ImageDraw.ImageDraw, after: bool) -> None:
    pen.rectangle([150, 40, 330, 62], fill=(90, 98, 110))
    light = (255, 240, 190) if after else (110, 116, 126)
    pen.polygon([(170, 62), (310, 62), (390, 330), (90, 330)], fill=light)


def _wall(pen: ImageDraw.ImageDraw, after: bool) -> None:
    pen.rectangle([0, 0, 480, 360], outline=(150, 150, 140), width=6)
    if after:
        pen.rectangle([140, 90, 340, 250], fill=(238, 238, 232))
    else:
        pen.ellipse([120, 70, 360, 270], fill=(170, 152, 124))
        pen.ellipse([170, 110, 320, 240], fill=(146, 128, 102))


def _door(pen: ImageDraw.ImageDraw, after: bool) -> None:
    pen.rectangle([160, 30, 330, 350], fill=(150, 110, 74) if after else (132, 96, 66), outline=(80, 60, 40), width=4)
    pen.ellipse([298, 180, 318, 200], fill=(225, 200, 90) if after else (90, 90, 90))


def photo(rng: random.Random, category: str, *, after: bool = False) -> SimpleUploadedFile:
    """A picture fit for a category, before or after the work."""
    kind = {"plumbing": "pipe", "electrical": "lamp", "civil": "wall"}.get(category, "door")
    return SimpleUploadedFile("photo.jpg", _drawn(kind, after, rng.choice((0, 10, 20))), content_type="image/jpeg")


@lru_cache(maxsize=4)
def _signed(variant: int) -> bytes:
    picture = Image.new("RGBA", (300, 120), (255, 255, 255, 0))
    pen = ImageDraw.Draw(picture)
    rng = random.Random(variant)  # noqa: S311  (a scribble, not a secret)
    points = [(30 + i * 26, 60 + rng.randint(-34, 34)) for i in range(10)]
    pen.line(points, fill=(20, 28, 44, 255), width=4, joint="curve")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def signature(rng: random.Random) -> SimpleUploadedFile:
    """A scribble."""
    return SimpleUploadedFile("signature.png", _signed(rng.randint(0, 3)), content_type="image/png")
