"""Whoever reads the queue keeps views of their own."""

from guanjia.people import posts

READERS = posts.SERVICE | posts.SUPERVISORS | posts.MANAGERS | posts.ENGINEERING | posts.SECURITY | {posts.CASHIER}
RIGHTS = dict.fromkeys(("casework.save_view", "casework.rename_view", "casework.drop_view"), READERS)
