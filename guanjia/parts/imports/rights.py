"""Who brings files in. Company files (staff) need the post at the head office, as hiring does."""

from .models import BRINGERS

RIGHTS = {
    "imports.upload": BRINGERS,
    "imports.remap": BRINGERS,
    "imports.look_again": BRINGERS,
    "imports.commit": BRINGERS,
    "imports.cancel": BRINGERS,
    "imports.reverse": BRINGERS,
    "imports.show_once": BRINGERS,
}
