"""The counter and the stewards keep things; the approval is the leads' (`parts/approvals/rules.yaml`)."""

from guanjia.people import posts

KEEPERS = posts.COUNTER | posts.SUPERVISORS | {posts.STEWARD, posts.SERVICE_LEAD}
RIGHTS = {
    "left_items.take_in": KEEPERS,
    "left_items.collect": KEEPERS,
    "left_items.collect_part": KEEPERS,
    "left_items.pass_on": KEEPERS,
    "left_items.chase": KEEPERS,
    "left_items.agree_later": KEEPERS,
    "left_items.print_record": KEEPERS,
    "left_items.print_label": KEEPERS,
}
