"""Who moves staff and plans duty. Company acts need the post at the head office, the others at the project."""

from guanjia.people import posts

_COMPANY = frozenset({posts.ADMINISTRATOR, posts.HR_OFFICER})
_PROJECT = frozenset({posts.PROJECT_MANAGER, posts.ADMINISTRATOR})
_PLANNERS = posts.SUPERVISORS | {
    posts.SERVICE_LEAD,
    posts.ENGINEERING_MANAGER,
    posts.ENGINEERING_SUPERVISOR,
    posts.SECURITY_MANAGER,
    posts.ADMINISTRATOR,
}

RIGHTS = {
    "organization.hire": _COMPANY,
    "organization.bring_in_staff": _COMPANY,
    "organization.correct_employee": _COMPANY,
    "organization.reset_password": _COMPANY,
    "organization.grant_post": _COMPANY,
    "organization.withdraw_post": _COMPANY,
    "organization.set_skill": _COMPANY,
    "organization.depart": _COMPANY,
    "organization.open_project": frozenset({posts.ADMINISTRATOR}),
    "organization.adjust_project": _PROJECT,
    "organization.keep_department": _PROJECT,
    "organization.set_superior": _PROJECT,
    "organization.open_district": _PROJECT | {posts.SERVICE_MANAGER},
    "organization.redraw_district": _PROJECT | {posts.SERVICE_MANAGER},
    "organization.assign_district": _PROJECT | {posts.SERVICE_MANAGER, posts.SERVICE_SUPERVISOR},
    "organization.plan_duty": _PLANNERS,
    "organization.cancel_duty": _PLANNERS,
    "organization.plan_cover": _PLANNERS,
    "organization.end_cover": _PLANNERS,
    "organization.call_steward": posts.SERVICE | posts.SUPERVISORS | posts.SECURITY | posts.ENGINEERING,
    "organization.arrive_on_site": posts.EVERYONE,
    "organization.call_off_steward": posts.SERVICE | posts.SUPERVISORS | posts.SECURITY | posts.ENGINEERING,
    "organization.sign_in": posts.EVERYONE,
    "organization.end_duty": posts.EVERYONE,
}
