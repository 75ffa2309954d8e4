"""The counter lends; who keeps order there registers and takes out of use."""

from guanjia.people import posts

HEADS = posts.SUPERVISORS | {posts.SERVICE_LEAD}
RIGHTS = {
    "goods.register_good": posts.COUNTER | {posts.STEWARD} | HEADS,
    "goods.lend": posts.COUNTER | {posts.STEWARD} | HEADS,
    "goods.find_again": posts.COUNTER | {posts.STEWARD} | HEADS,
    "goods.retire": HEADS,
}
