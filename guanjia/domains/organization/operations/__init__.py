"""The verbs, a module each for staff, duty, districts and the company."""

from .calls import arrive_on_site, call_off_steward, call_steward
from .company import adjust_project, keep_department, open_project, set_superior
from .districts import assign_district, open_district, redraw_district
from .duty import cancel_duty, end_cover, end_duty, plan_cover, plan_duty, sign_in
from .moving_in import bring_in_staff
from .staff import correct_employee, depart, grant_post, hire, reset_password, set_skill, withdraw_post

__all__ = [
    "adjust_project",
    "arrive_on_site",
    "assign_district",
    "bring_in_staff",
    "call_off_steward",
    "call_steward",
    "cancel_duty",
    "correct_employee",
    "depart",
    "end_cover",
    "end_duty",
    "grant_post",
    "hire",
    "keep_department",
    "open_district",
    "open_project",
    "plan_cover",
    "plan_duty",
    "redraw_district",
    "reset_password",
    "set_skill",
    "set_superior",
    "sign_in",
    "withdraw_post",
]
