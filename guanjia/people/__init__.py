"""Who is there: accounts, residents and their homes, staff and their posts, who is on duty now, who may see what.

Account is the login of staff and residents alike; no scoped row references it. Employee is the company's (journaled
at the head office); a Posting gives a post at a project; Duty says who is on. Resident is a row per project.
Words: account, employee, posting, post, duty, cover, resident, occupancy, household, consent, care tag.
"""
