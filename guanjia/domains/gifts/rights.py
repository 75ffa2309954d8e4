"""Anyone may be given something; superiors take it over and dispose of it."""

from guanjia.people import posts

RIGHTS = {
    "gifts.receive": posts.EVERYONE - {posts.ADMINISTRATOR},
    "gifts.hand_over": posts.SUPERVISORS | {posts.ENGINEERING_MANAGER, posts.SECURITY_MANAGER},
    "gifts.dispose": posts.SUPERVISORS,
    "gifts.print_record": posts.SUPERVISORS | posts.COUNTER,
}
