"""Compliance: how the written standards were kept, per project, chapter and clause, month by month.

Sources are what executes the clauses: clocks, obligations, inspections, run sheets (counted a day at a time in `Day`)
and gauges (asked of their own rows). `Day` is a summary and nothing more: it follows the journal every few minutes and
can be thrown away and made anew with the same result. Every number opens to the rows that it counts.
"""
