"""Who draws, hands out, takes back. The Book names the leads; the cleaning lead keeps the cabinets' keys."""

from guanjia.people import posts

# 客服部领班及以上: may draw from the warehouse (HAZ-02), approve a use and hand out in person (HAZ-05).
LEADS = frozenset({posts.SERVICE_LEAD, posts.SERVICE_SUPERVISOR, posts.SERVICE_MANAGER})
KEEPERS = LEADS | {posts.CLEANING_LEAD}
# Who may permit that somebody of another department draws (HAZ-09).
PERMITTERS = frozenset({posts.SERVICE_SUPERVISOR, posts.SERVICE_MANAGER})
# The department itself; whoever holds none of these posts is somebody outside.
DEPARTMENT = (posts.SERVICE - {posts.CONTROL_ROOM}) | {posts.CLEANING_LEAD}
STAFF = posts.EVERYONE - {posts.ADMINISTRATOR}

RIGHTS = {
    "hazmat.define": LEADS,
    "hazmat.revise_substance": LEADS,
    "hazmat.add_store": LEADS,
    "hazmat.revise_store": LEADS,
    "hazmat.receive": KEEPERS,
    "hazmat.transfer": LEADS,
    "hazmat.count": LEADS,
    "hazmat.write_off": PERMITTERS,
    "hazmat.hand_out": LEADS,
    "hazmat.finish": STAFF,
    "hazmat.correct_use": LEADS,
    "hazmat.take_back": KEEPERS,
    "hazmat.permit": PERMITTERS,
    "hazmat.print_register": KEEPERS | {posts.PROJECT_MANAGER},
    "hazmat.report": STAFF,
    "hazmat.acknowledge": LEADS,
    "hazmat.close": LEADS,
}
