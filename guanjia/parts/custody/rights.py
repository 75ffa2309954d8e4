"""Which kind somebody keeps follows from the kind (`keepers`); here is who keeps anything at all, or answers for it."""

from guanjia.people import posts

KEEPERS = posts.EVERYONE - {posts.ADMINISTRATOR, posts.GENERAL_MANAGER, posts.COMPANY_SERVICE, posts.HR_OFFICER}
RIGHTS = {
    "custody.take_back": KEEPERS,
    "custody.take_part": KEEPERS,
    "custody.report_lost": KEEPERS,
    "custody.explain": KEEPERS,
    "custody.prolong": KEEPERS,
    "custody.settle_liability": posts.SUPERVISORS | {posts.ENGINEERING_MANAGER, posts.SECURITY_MANAGER},
    "custody.start_count": KEEPERS,
    "custody.mark": KEEPERS,
    "custody.mark_rest": KEEPERS,
    "custody.close_count": KEEPERS,
    "custody.hand_over": KEEPERS,
}
