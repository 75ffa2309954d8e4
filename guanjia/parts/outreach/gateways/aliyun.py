"""Aliyun SMS (Dysms, 2017-05-25): `SendSms`, signed by ACS3-HMAC-SHA256, or by HMAC-SHA1 where an older gateway of a
private cloud knows only that. `OutId` carries our key, so that a message is found again in the provider's records."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from datetime import UTC
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .base import Field, Gateway, Later, Never, OnSend, Parcel, Unsure

ACTION, VERSION = "SendSms", "2017-05-25"
# The provider's own words for "not now": nothing was sent.
LATER = ("Throttling", "ServiceUnavailable", "isv.BUSINESS_LIMIT_CONTROL", "isp.SYSTEM_ERROR", "InternalError")


class Aliyun(Gateway):
    provider = "aliyun"
    kind = "sms"
    endpoint = "https://dysmsapi.aliyuncs.com"
    account = _("AccessKey ID")
    secret = _("AccessKey secret")
    needs_template = True
    options: ClassVar[tuple[Field, ...]] = (
        Field("sign_name", pgettext_lazy("outreach", "Signature"), most=12, pattern=r"[\w\u4e00-\u9fff]{2,12}"),
        Field(
            "signature",
            pgettext_lazy("outreach", "Signed by"),
            required=False,
            choices=(("v3", "ACS3-HMAC-SHA256"), ("v1", "HMAC-SHA1")),
        ),
    )

    def send(self, channel: Any, parcel: Parcel, on_send: OnSend) -> str:
        given = {
            "PhoneNumbers": parcel.to.removeprefix("+86"),
            "SignName": str(channel.options.get("sign_name", "")),
            "TemplateCode": parcel.template,
            "TemplateParam": json.dumps(dict(parcel.slots), ensure_ascii=False, separators=(",", ":")),
            "OutId": parcel.key,
        }
        url, nonce = self.address(channel), uuid.uuid4().hex
        now = parcel.at.astimezone(UTC)
        if channel.options.get("signature") == "v1":
            body = signed_v1(given, channel.account, channel.secret, f"{now:%Y-%m-%dT%H:%M:%SZ}", nonce)
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            answer = self.asked("POST", f"{url}/", headers, body.encode(), on_send)
        else:
            host = urlsplit(url).netloc
            headers = signed_v3(given, host, channel.account, channel.secret, f"{now:%Y-%m-%dT%H:%M:%SZ}", nonce)
            answer = self.asked("POST", f"{url}/?{canonical(given)}", headers, b"", on_send)
        return receipt(answer)


def receipt(answer: dict[str, Any]) -> str:
    """The provider's number of the message. Raises what its code says."""
    code = str(answer.get("Code", ""))
    if code == "OK":
        if not answer.get("BizId"):
            raise Unsure("OK without BizId")
        return str(answer["BizId"])[:80]
    if not code:
        raise Unsure("no code in the answer")
    if code.startswith(LATER):
        raise Later(code[:60])
    raise Never(code[:60])


def canonical(given: dict[str, str]) -> str:
    """Parameters in name order, encoded after RFC 3986."""
    return "&".join(f"{_encoded(k)}={_encoded(v)}" for k, v in sorted(given.items()))


def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")


def signed_v3(
    given: dict[str, str], host: str, account: str, secret: str, at: str, nonce: str, *,
    action: str = ACTION, version: str = VERSION,
) -> dict[str, str]:  # fmt: skip
    """The headers of a request whose parameters stand in the query and whose body is empty."""
    digest = hashlib.sha256(b"").hexdigest()
    headers = {
        "host": host, "x-acs-action": action, "x-acs-content-sha256": digest, "x-acs-date": at,
        "x-acs-signature-nonce": nonce, "x-acs-version": version,
    }  # fmt: skip
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    request = "\n".join(["POST", "/", canonical(given), lines, names, digest])
    text = f"ACS3-HMAC-SHA256\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    headers["Authorization"] = f"ACS3-HMAC-SHA256 Credential={account},SignedHeaders={names},Signature={signature}"
    return headers


def signed_v1(given: dict[str, str], account: str, secret: str, at: str, nonce: str) -> str:
    """The form body of the older signature."""
    whole = given | {
        "AccessKeyId": account, "Action": ACTION, "Format": "JSON", "RegionId": "cn-hangzhou",
        "SignatureMethod": "HMAC-SHA1", "SignatureNonce": nonce, "SignatureVersion": "1.0", "Timestamp": at,
        "Version": VERSION,
    }  # fmt: skip
    text = f"POST&%2F&{_encoded(canonical(whole))}"
    signature = base64.b64encode(hmac.new(f"{secret}&".encode(), text.encode(), hashlib.sha1).digest()).decode()
    return f"{canonical(whole)}&Signature={_encoded(signature)}"
