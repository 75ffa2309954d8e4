"""Tencent Cloud SMS (2021-01-11): `SendSms`, signed by TC3-HMAC-SHA256. `SessionContext` carries our key back."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .base import Field, Gateway, Later, Never, OnSend, Parcel, Unsure, international

LATER = (
    "RequestLimitExceeded", "InternalError", "FailedOperation.FailResolvePacket",
    "LimitExceeded.DeliveryFrequencyLimit", "LimitExceeded.PhoneNumberThirtySecondLimit",
)  # fmt: skip


class Tencent(Gateway):
    provider = "tencent"
    kind = "sms"
    endpoint = "https://sms.tencentcloudapi.com"
    account = _("SecretId")
    secret = _("SecretKey")
    needs_template = True
    options: ClassVar[tuple[Field, ...]] = (
        Field("sdk_app_id", _("SdkAppId"), most=20, pattern=r"\d{5,20}"),
        Field("sign_name", pgettext_lazy("outreach", "Signature"), most=12, pattern=r"[\w\u4e00-\u9fff]{2,12}"),
        Field("region", _("Region"), required=False, most=20, pattern=r"[a-z0-9-]{2,20}"),
    )

    def send(self, channel: Any, parcel: Parcel, on_send: OnSend) -> str:
        url, options = self.address(channel), channel.options
        content = json.dumps(
            {
                "PhoneNumberSet": [international(parcel.to)],
                "SmsSdkAppId": str(options.get("sdk_app_id", "")),
                "SignName": str(options.get("sign_name", "")),
                "TemplateId": parcel.template,
                "TemplateParamSet": [value for _name, value in parcel.slots],
                "SessionContext": parcel.key,
            },
            ensure_ascii=False,
        ).encode()
        stamp = int(parcel.at.timestamp())
        headers = signed(content, urlsplit(url).netloc, channel.account, channel.secret, stamp)
        headers |= {
            "X-TC-Action": "SendSms", "X-TC-Version": "2021-01-11", "X-TC-Timestamp": str(stamp),
            "X-TC-Region": str(options.get("region") or "ap-guangzhou"),
        }  # fmt: skip
        return receipt(self.asked("POST", f"{url}/", headers, content, on_send), parcel.key)


def receipt(answer: dict[str, Any], key: str) -> str:
    """The serial number of the one message. Raises what its code says; another's answer says nothing."""
    told = answer.get("Response")
    if not isinstance(told, dict):
        raise Unsure("no response in the answer")
    if isinstance(told.get("Error"), dict):
        _refused(str(told["Error"].get("Code", "")))
    one = (told.get("SendStatusSet") or [None])[0] if isinstance(told.get("SendStatusSet"), list) else None
    if not isinstance(one, dict) or one.get("SessionContext", key) != key:
        raise Unsure("an answer about something else")
    if one.get("Code") != "Ok":
        _refused(str(one.get("Code", "")))
    if not one.get("SerialNo"):
        raise Unsure("Ok without SerialNo")
    return str(one["SerialNo"])[:80]


def _refused(code: str) -> None:
    if not code:
        raise Unsure("no code in the answer")
    raise (Later if code.startswith(LATER) else Never)(code[:60])


def signed(content: bytes, host: str, account: str, secret: str, stamp: int, *, service: str = "sms") -> dict[str, str]:
    """The headers of a signed POST; content type and host are what is signed."""
    kind = "application/json; charset=utf-8"
    day = datetime.fromtimestamp(stamp, UTC).strftime("%Y-%m-%d")
    lines = f"content-type:{kind}\nhost:{host}\n"
    request = "\n".join(["POST", "/", "", lines, "content-type;host", hashlib.sha256(content).hexdigest()])
    scope = f"{day}/{service}/tc3_request"
    text = "\n".join(["TC3-HMAC-SHA256", str(stamp), scope, hashlib.sha256(request.encode()).hexdigest()])
    key = b"TC3" + secret.encode()
    for step in (day, service, "tc3_request"):
        key = hmac.new(key, step.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    held = f"Credential={account}/{scope}, SignedHeaders=content-type;host, Signature={signature}"
    return {"Authorization": f"TC3-HMAC-SHA256 {held}", "Content-Type": kind, "Host": host}
