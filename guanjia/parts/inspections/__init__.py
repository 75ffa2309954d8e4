"""Inspections of conduct: a checklist of the Book gone through with a person or at a place, faults left as findings.

Checklists and questions are data (`guanjia/book/conduct.yaml`): each item belongs to a clause, so that what was looked
at is measured clause by clause. A *mark* is the answer to one item; a fault is corrected by who is responsible and
looked at again by somebody else. The same page shows the exam bank and prints a blank list.
"""
