"""Who may do what with a repair."""

from guanjia.people import posts

TAKERS = posts.SERVICE | {posts.SECURITY_GUARD, posts.PROJECT_MANAGER, posts.DUTY_MANAGER, posts.ENGINEERING_SUPERVISOR}
DISPATCHERS = posts.SERVICE | posts.SUPERVISORS | {posts.ENGINEERING_SUPERVISOR, posts.ENGINEERING_MANAGER}
WORKERS = posts.ENGINEERING
BOTH = DISPATCHERS | WORKERS
ASKERS = (posts.SERVICE - {posts.SERVICE_LEAD}) | posts.SUPERVISORS | {posts.RESIDENT}

RIGHTS = {
    "repairs.record": TAKERS | {posts.RESIDENT},
    "repairs.dispatch": DISPATCHERS,
    "repairs.grab": frozenset({posts.TECHNICIAN}),
    "repairs.accept": WORKERS,
    "repairs.send_back": WORKERS,
    "repairs.transfer": DISPATCHERS,
    "repairs.agree_visit": BOTH,
    "repairs.agree_completion": BOTH,
    "repairs.arrive": WORKERS,
    "repairs.pause": BOTH,
    "repairs.resume": BOTH,
    "repairs.quote": WORKERS | {posts.STEWARD, posts.SERVICE_OFFICER},
    "repairs.consent_quote": BOTH | {posts.RESIDENT},
    "repairs.use_material": WORKERS,
    "repairs.take_back_material": WORKERS | {posts.SERVICE_SUPERVISOR, posts.SERVICE_MANAGER},
    "repairs.finish": WORKERS,
    "repairs.confirm": ASKERS | {posts.ENGINEERING_SUPERVISOR},
    "repairs.note_failed_contact": ASKERS - {posts.RESIDENT},
    "repairs.confirm_unreached": ASKERS - {posts.RESIDENT},
    "repairs.ask_rework": ASKERS,
    "repairs.ring": posts.ENGINEERING | posts.SERVICE | posts.SUPERVISORS,
    "repairs.print_slip": DISPATCHERS | WORKERS | {posts.PROJECT_MANAGER},
}
