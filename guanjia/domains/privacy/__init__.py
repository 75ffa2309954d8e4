"""Secrecy: who saw which number and why, agreements of confidentiality, rights given or taken at a project.

Every screen masks; to see a number in full is an act with a reason, and so leaves an event.
Words: reveal, disclose, agreement, right.
"""
