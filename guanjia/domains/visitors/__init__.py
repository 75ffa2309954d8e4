"""Visitors 访客 (VIS): nobody is let in whom the house does not expect or confirm, and everybody who is stands written.

A *pass* is issued by a household (in the portal, or by phone at the counter): a random code, once or for a period. A
*visitor* arrives at the gate, with a pass or without; identity, purpose and the household's word come before *admit*.
The *watch list* names who is not let in, with reasons that few may read. Of a document only its kind and last four
characters are kept; names and numbers go after a year. Standing instructions of a house: `parts/instructions`.
"""
