"""Who WeChat says somebody is: the openid that was bound when they proved their number once."""

from __future__ import annotations

from django.http import HttpRequest

from guanjia.kernel.actors import system
from guanjia.parts.outreach import routes
from guanjia.parts.outreach.models import Channel, Kind
from guanjia.parts.outreach.operations import bind_handle
from guanjia.people.login import actor_of
from guanjia.people.models import Account, AccountHome, Resident
from guanjia.places.models import Project

# In the session: an openid that waits for its number to be proved.
PROVED = "portal_wechat"


def channel() -> Channel | None:
    """The company's official account, where one is set up."""
    office = Project.objects.filter(kind=Project.Kind.OFFICE).first()
    found = routes.channel_for(office, Kind.WECHAT) if office else None
    return found if found is not None and found.provider == Channel.Provider.OFFICIAL else None


def is_offered(request: HttpRequest) -> bool:
    """WeChat tells who somebody is only inside itself."""
    return "MicroMessenger" in request.headers.get("User-Agent", "") and channel() is not None


def login_named(openid: str) -> Account | None:
    """The login of whoever is bound to an openid and has a home now."""
    for resident in routes.residents_named(Kind.WECHAT, openid):
        homes = AccountHome.objects.filter(
            project_id=resident.project_id, resident_id=resident.pk, ended_at__isnull=True
        ).values("account_id")
        account = Account.objects.filter(pk__in=homes, is_active=True).first()
        by = actor_of(account, at=system().at) if account is not None else None
        if account is not None and by is not None and by.is_resident:
            return account
    return None


def bind(account: Account, openid: str) -> None:
    """After the number was proved: every home of the login knows the openid from now on."""
    homes = AccountHome.objects.filter(account_id=account.pk, ended_at__isnull=True)
    by = system()
    for resident in Resident.objects.filter(pk__in=homes.values("resident_id")).select_related("project"):
        bind_handle(resident, by=by, kind=Kind.WECHAT, value=openid)
