"""Clocks: what must happen within a limit, from an event to an event, on a working calendar.

A *rule* is code: start, stop and pause events, one named question of the subject, where the limit comes from.
A *clock* is a row: it freezes the rule's values on the day it starts and never follows a later edition. It
can be paused with a reason, warns, climbs a ladder of posts, ends *met* or *missed*, and explains itself to
the second. Rules are declared in a room's `standards.py`:

    clock("RPR-03", key="repairs.respond_emergency", subject="repair", verb=_("respond by"),
          starts=["repairs.report"], stops=["repairs.arrive", "repairs.agree_time"], only_if=is_emergency)
"""
