"""Superiors inspect; whoever is concerned corrects; superiors look again."""

from guanjia.people import posts

from .models import INSPECTORS

RIGHTS = {
    "inspections.record": INSPECTORS - {posts.GENERAL_MANAGER},
    "inspections.correct": posts.EVERYONE - {posts.ADMINISTRATOR, posts.GENERAL_MANAGER},
    "inspections.accept_correction": INSPECTORS - {posts.GENERAL_MANAGER},
    "inspections.send_back": INSPECTORS - {posts.GENERAL_MANAGER},
}
