"""What an upload really is, and a safe copy of it."""

from __future__ import annotations

import io
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from guanjia.kernel.outcomes import Refused

MOST_BYTES = 12 * 1024 * 1024
MOST_VIDEO_BYTES = 50 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


@dataclass(frozen=True)
class Safe:
    """A re-encoded picture, or a video as it came."""

    content: bytes
    mime: str
    suffix: str
    width: int = 0
    height: int = 0


def safe(upload: UploadedFile, field: str, *, video: bool = True) -> Safe:
    """Raises Refused under the field for anything that is not a picture (or an MP4 video) of a sane size."""
    head = upload.read(16)
    upload.seek(0)
    if video and head[4:8] == b"ftyp":
        return _video(upload, field)
    if (upload.size or 0) > MOST_BYTES:
        raise Refused(field, _("A photo may have at most 12 MB. Take it again with less detail."))
    return _picture(upload, field)


def _video(upload: UploadedFile, field: str) -> Safe:
    if (upload.size or 0) > MOST_VIDEO_BYTES:
        raise Refused(field, _("A video may have at most 50 MB. Film a shorter one."))
    return Safe(upload.read(), "video/mp4", "mp4")


def _picture(upload: UploadedFile, field: str) -> Safe:
    try:
        with Image.open(upload) as raw:
            if raw.format not in {"JPEG", "PNG", "WEBP", "GIF"} or raw.width * raw.height > MOST_PIXELS:
                raise Refused(field, _("Only photos (JPEG, PNG, WebP) up to 50 megapixels can be kept."))
            is_drawing = raw.format == "PNG" and raw.mode in ("RGBA", "LA", "P")
            picture = ImageOps.exif_transpose(raw).convert("RGBA" if is_drawing else "RGB")
    except Refused:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused(field, _("This is not a photo that can be read. Choose a JPEG or PNG picture.")) from error
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    if is_drawing:
        picture.save(out, "PNG", optimize=True)
        return Safe(out.getvalue(), "image/png", "png", *picture.size)
    picture.save(out, "JPEG", quality=82)
    return Safe(out.getvalue(), "image/jpeg", "jpg", *picture.size)
