"""The kinds of notice: what is said, its mark, and whether it is worth an e-mail.

Sentences are filled by plain field substitution; the fields are numbers and ids. No sentence asks for a name.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop


@dataclass(frozen=True)
class Kind:
    """`title` is the untranslated sentence. `mail`: colleagues get it outside the program too; `robot`: their group
    as well; `reach`: for which purpose a resident gets it outside the program."""

    title: str
    icon: str
    tone: str = "brand"
    mail: bool = False
    robot: bool = False
    reach: str = ""


KINDS = {
    "dispatched": Kind(gettext_noop("%(number)s is sent to you"), "send", mail=True),
    "moved_away": Kind(gettext_noop("%(number)s went to somebody else"), "arrows-exchange", "neutral"),
    "chased": Kind(gettext_noop("%(number)s is chased by the resident"), "bell-ringing", "warn", mail=True),
    "sent_back": Kind(gettext_noop("%(number)s came back: send somebody else"), "arrow-back-up", "warn", mail=True),
    "not_fixed": Kind(gettext_noop("%(number)s is not fixed: send somebody again"), "refresh", "danger", mail=True),
    "emergency": Kind(gettext_noop("Emergency: %(number)s"), "urgent", "danger", mail=True, robot=True),
    "hazmat_anomaly": Kind(
        gettext_noop("Hazardous goods: %(number)s, take note of it now"), "alert-triangle", "danger", mail=True
    ),
    "watched": Kind(gettext_noop("New in your district: %(number)s"), "eye", "neutral"),
    "done": Kind(gettext_noop("%(number)s is done and waits for the resident's word"), "circle-check", "ok"),
    "soon": Kind(gettext_noop("%(number)s is due soon (%(clause)s)"), "clock", "warn", mail=True),
    "late": Kind(gettext_noop("%(number)s is late (%(clause)s)"), "alert-triangle", "danger", mail=True),
    "to_sign": Kind(gettext_noop("%(number)s waits for your approval"), "clipboard-check", "brand", mail=True),
    "sign_late": Kind(gettext_noop("%(number)s should be approved by now"), "alert-triangle", "warn", mail=True),
    "approved": Kind(gettext_noop("%(number)s is approved and done"), "circle-check", "ok"),
    "not_approved": Kind(gettext_noop("%(number)s is not approved: see why"), "x", "warn"),
    "not_possible": Kind(
        gettext_noop("%(number)s is approved, but could no longer be done: see why"), "alert-triangle", "danger"
    ),
    "lapsed": Kind(gettext_noop("%(number)s lapsed: nobody signed it in time"), "calendar-off", "warn"),
    "called_off": Kind(
        gettext_noop("%(number)s needs no approval any more: it was withdrawn"), "arrow-back-up", "neutral"
    ),
    "passed_on": Kind(gettext_noop("Something is passed on to you: please read it"), "send", mail=True),
    "still_unread": Kind(
        gettext_noop("You have not read yet what was passed on to you"), "bell-ringing", "warn", mail=True
    ),
    "carried": Kind(gettext_noop("Last night left %(count)s cases to go on with"), "moon", "brand"),
    "message_left": Kind(gettext_noop("%(number)s: somebody asked for you and left a message"), "note", mail=True),
    "customer_said": Kind(gettext_noop("%(number)s: a customer said something you should know of"), "quote", "warn"),
    "call_missed": Kind(gettext_noop("A call was missed: ring them back"), "phone-off", "warn"),
    "shared": Kind(gettext_noop("Service and security: something you must know of"), "share", "warn", mail=True),
    "shared_answered": Kind(gettext_noop("What you told the other side is answered"), "message-reply", "ok"),
    "called_to_spot": Kind(gettext_noop("You are called to the spot"), "map-pin", "danger", mail=True, robot=True),
    "cleaning_asked": Kind(
        gettext_noop("%(number)s: cleaning and greening is asked to act"), "plant", "warn", mail=True
    ),
    "cleaning_answered": Kind(gettext_noop("%(number)s: cleaning and greening has answered"), "message-reply", "ok"),
    "watch_hit": Kind(
        gettext_noop("At the gate: somebody on the watch list"), "user-shield", "danger", mail=True, robot=True
    ),
    "visitor_in": Kind(gettext_noop("Your visitor has been let in"), "walk"),
    "loss_reported": Kind(gettext_noop("Somebody misses something: is it among the finds?"), "help-circle", "warn"),
    "loss_back": Kind(gettext_noop("What you missed was found and is noted as back with you"), "circle-check", "ok"),
    "loss_answered": Kind(gettext_noop("About what you miss: the front desk has answered"), "message-reply"),
    "on_the_way": Kind(gettext_noop("Somebody was sent for your report %(number)s"), "send", reach="service"),
    "ready": Kind(
        gettext_noop("Your report %(number)s is done: please say whether it is fixed"),
        "circle-check",
        "ok",
        reach="service",
    ),
    "to_review": Kind(gettext_noop("A notice waits for your review: %(said)s"), "speakerphone", mail=True),
    "bulletin": Kind(gettext_noop("%(said)s"), "speakerphone", reach="notice"),
    "bulletin_over": Kind(gettext_noop("Taken down, it holds no more: %(said)s"), "arrow-back-up", "neutral"),
    "parcel_here": Kind(
        gettext_noop("A parcel for you waits at the front desk, pick-up code %(code)s"), "package", reach="service"
    ),
    "parcel_waits": Kind(
        gettext_noop("Your parcel still waits at the front desk, pick-up code %(code)s"),
        "package",
        "warn",
        reach="service",
    ),
    "parcel_gone": Kind(gettext_noop("Your parcel %(number)s was collected"), "circle-check", "ok"),
    "parcel_back": Kind(gettext_noop("Your parcel %(number)s went back to its sender"), "arrow-back-up", "warn"),
    "parcel_refused": Kind(
        gettext_noop("A delivery for you was not accepted (%(number)s): ask the front desk"),
        "alert-triangle",
        "warn",
        reach="service",
    ),
}

# Said by who sets up a channel.
TRIAL = gettext_noop("This channel works.")
