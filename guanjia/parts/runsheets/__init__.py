"""Run sheets: a written procedure, started on something, ticked off step by step, skipped only with a reason.

The steps come from the clause (`steps` in the Book) and are frozen when a sheet is started. Every procedure clause of
the Book is carried out this way; a line of work may carry one out by operations of its own besides. A domain starts a
sheet with `operations.start(project, clause="CMP-03", label="case", thing=case.pk)`.
"""
