"""Hazardous goods 危险品: the five controlled kinds, where they lie locked, and every millilitre of them.

A *lot* is what lies of one batch of a *substance* in one *store* (the warehouse, a locked cabinet). The *ledger* holds
its *movements*: received, moved, drawn, returned, counted, written off; each line continues the one before, by
constraint. A *draw* is what the approver hands out in person against a purpose: drawn = used + returned. Who is not of
the department needs a *permit*; what goes wrong is an *anomaly*. Words: draw, hand out, finish, take back.
"""
