"""Repairs 报修: dispatch, visit, work, confirmation, rework (clauses RPR-01…13, CASE-05).

A repair is a `Case` of kind repair with one `RepairOrder`. Its verbs are in `operations/`: record and dispatch, the
visit and the work, and the confirmation. Two verdicts are kept apart: the customer's rating and the staff's finding.
"""
