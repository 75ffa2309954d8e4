"""Obligations: what is owed each shift, day, week, month … so that what was never done shows as a miss.

A *rule* is code: a clause, the query that names its subjects, the acts that settle it. An *obligation* is a row: one
subject in one period, with the number of times that held when the period began (a later edition never rewrites it).
Rows are made a period ahead and caught up after downtime, from the journal; nobody has to record anything for a miss
to stand red. Rules are declared in a room's `standards.py`:

    owed("RPR-07", key="repairs.progress", subject="case", label=_("Contact about open repairs"), unit=_("cases"),
         subjects=open_repairs, settles=["cases.note"], counts=names_a_contact, ends=["repairs.finish", …])
"""
