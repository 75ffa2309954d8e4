"""Everybody reads what they are told, and says when they want e-mail."""

from guanjia.people import posts

RIGHTS = {
    "outreach.read": posts.EVERYONE | {posts.RESIDENT},
    "outreach.read_all": posts.EVERYONE | {posts.RESIDENT},
    "outreach.wish_mail": posts.EVERYONE,
}
