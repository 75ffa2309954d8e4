"""The few ideas everything stands on; no business word lives here.

operations  every change anyone can make: right, reach, lock, state, needs, form, event, once
events      the append-only journal: who did what to which thing, when it happened, when it was recorded
subjects    the stable names of things, who may see them, where they are found
reactions   what follows from an event: `now` in the same transaction, `later` by the worker
fields      project in every key, encrypted and blind-indexed values; crypto: the key per person
numbering, search, calendar, jobs, seals
"""
