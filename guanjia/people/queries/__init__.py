"""Reading people: whose house, who is on, who stands in, who is the superior, who lives where."""

from .districts import (
    MOST_HOUSEHOLDS,
    districts_of,
    households_of,
    households_per_steward,
    steward_of,
    steward_of_district,
)
from .duty import (
    Technician,
    cover_of,
    covers_on,
    duty_of,
    is_on_duty,
    off_hours_cover,
    on_duty,
    responsible_for,
    technicians_for,
)
from .residents import (
    care_tags,
    homes_of,
    household,
    resident_with_id_number,
    residents,
    residents_with_phone,
    standing,
)
from .staff import departments, holders, posts_held, reporting_tree, staff_of, superior_of

__all__ = [
    "MOST_HOUSEHOLDS",
    "Technician",
    "care_tags",
    "cover_of",
    "covers_on",
    "departments",
    "districts_of",
    "duty_of",
    "holders",
    "homes_of",
    "household",
    "households_of",
    "households_per_steward",
    "is_on_duty",
    "off_hours_cover",
    "on_duty",
    "posts_held",
    "reporting_tree",
    "resident_with_id_number",
    "residents",
    "residents_with_phone",
    "responsible_for",
    "staff_of",
    "standing",
    "steward_of",
    "steward_of_district",
    "superior_of",
    "technicians_for",
]
