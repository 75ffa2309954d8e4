"""Revisits 回访 of finished cases (clauses REV-04, REV-08, REV-14, RPR-10): by somebody other than the executor.

Words: revisit (after a case), mode, mood, satisfaction. Rounds of the district come with their own domain.
"""
