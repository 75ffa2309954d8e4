"""The residents' own side 业主端: pages for a phone, inside WeChat or any browser. Own data only.

A *home* is a resident's occupancy of a house; a *matter* is a case of theirs in their words; a *promise* is the clock
that runs on it, shown beside the real time. Nothing is decided here: every change is an operation of its own room,
which asks whose act it is. Signing in is by a one-time code to the phone number on record.
"""
