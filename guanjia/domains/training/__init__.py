"""Training and exams 培训考试: who was taught what, who is examined, and who may work alone because of it.

The *bank* is made from the Book as it holds at the project today; what a company adds is a *question*. An *exam* is
held for named people; each has a *sitting* with a paper of their own; its *result* cannot be altered. A *course* is
given and attended, planned by the year. The *handbook* 应知应会 keeps up with changes. A *confirmation* lets somebody
hold a post alone. A *certificate* lets somebody touch food or hygiene.
"""
