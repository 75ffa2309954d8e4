"""Whoever has a seat may sign, whoever asked may withdraw: the seat and the request decide, not the post."""

from guanjia.people import posts

from .seats import SIGNER

_ALL = posts.EVERYONE

RIGHTS = {
    "approvals.ask": _ALL,
    "approvals.agree": _ALL | {SIGNER},
    "approvals.refuse": _ALL | {SIGNER},
    "approvals.withdraw": _ALL,
    "approvals.adjust_rule": frozenset({posts.ADMINISTRATOR, posts.PROJECT_MANAGER, posts.COMPANY_SERVICE}),
}
