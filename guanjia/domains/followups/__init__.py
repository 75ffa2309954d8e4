"""Revisits 回访 of finished cases (RPR-10, REV-04, REV-08, REV-14): by somebody other than the executor; visits 巡访 of
households (REV-01, REV-02, REV-07); and the issues that both bring up: a department and a day from the first moment
(REV-09), closed only by a second revisit (REV-10).

Words: revisit (after a case), visit (of a household), issue, mode, mood, satisfaction.
"""
