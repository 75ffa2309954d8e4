"""Standards: the Book in force. Which rule holds for a project on a day, who changed it and why, and what
executes each clause.

An *edition* is a changed value of one clause from a day on: for the whole company, a service level, or one
project; the most specific wins, the Book itself is the first edition. A *binding* says in code what executes
a clause; `guanjia book trace` prints all of them with the tests that prove them, and counts what is still
open. Domains declare theirs in a `standards.py`.
"""
