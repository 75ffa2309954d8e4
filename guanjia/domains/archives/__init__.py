"""Archives 档案: a *file* of an owner, of a tenant, of the centre; its *documents*, on paper and scanned.

What a file must hold is the Book's (F-OWNER-FILE, F-TENANT-FILE): complete or missing at a glance. Whoever reads says
what for (*consultation*); what is confidential is looked at only: not copied, not lent. Lending is approved and goes
through `parts/custody`. When its time is over a document is proposed, cleared by two superiors and destroyed before two
witnesses. Words: file, document, scan, consult, lend, list, tidy.
"""
