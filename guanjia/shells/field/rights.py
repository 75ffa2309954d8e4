"""Who may ask for the number of a repair; whose it is to ask is the operation's own question."""

from guanjia.people import posts

RIGHTS = {"field.ring": posts.ENGINEERING | posts.SERVICE | posts.SUPERVISORS}
