"""Who visits, who revisits, who solves and who closes."""

from guanjia.people import posts

ASKERS = (posts.SERVICE - {posts.CONTROL_ROOM}) | posts.SUPERVISORS
SOLVERS = ASKERS | posts.ENGINEERING | {posts.SECURITY_MANAGER}
RIGHTS = {
    "followups.revisit": ASKERS,
    "followups.record_visit": ASKERS,
    "followups.note_issue": ASKERS,
    "followups.solve_issue": SOLVERS,
    "followups.close_issue": ASKERS,
    "followups.return_issue": ASKERS,
    "followups.time_revisit": frozenset({posts.SERVICE_SUPERVISOR, posts.SERVICE_MANAGER, posts.PROJECT_MANAGER}),
}
