"""Entries 登记: any official form of the Book that no line of work keeps in tables of its own, filled in and signed.

Each form of `book/forms.yaml` is an operation made from its data (`entries.keep_pat` from F-PAT): its fields, what is
required, who signs. What is kept is one `Entry`: values sealed at rest, found by house, number and words, printed in
the trade's layout, mended by a new entry that replaces the old one, never by an edit. When a line of work builds
tables for a form, its id goes into `keepers.ELSEWHERE` and the form leaves this room.
Words: entry, form, keep, sign, strike out.
"""
