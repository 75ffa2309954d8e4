"""Approval: a call of an operation that is kept until those whom a rule names have signed it.

What is kept is the name of the operation, the thing, what was given, who asked and the rule of that day. Rules are data
(`rules.yaml`, and what a project decided otherwise). On the last signature right, state and rule are looked at once
more and the call runs as whoever asked. Nobody signs for themself, for whom they stand in for, or what concerns them.
Words: approval, rule, step, seat (a post that may sign), signature, hold.
"""
