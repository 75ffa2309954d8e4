"""The phone pages of those who walk: technicians, stewards, guards, supervisors (clauses CASE-05, CASE-10, RPR-02…12).

My work, one case with its next step, forms for a thumb, my district, a quick intake, what was not accepted, me.
No rule stands here: everything goes through the operations. Kept on the phone: pages without numbers or care notes.
Words: task (a case in hand), step (the one next verb), district, not accepted.
"""
