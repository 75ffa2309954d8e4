"""Keys 钥匙: every key that the centre keeps is numbered, lies in one slot of one cabinet (or with a named keeper), and
leaves it only by a gate: the owner's written authorisation, the head's approval, two persons, a work purpose.

Words: key (one numbered bunch or single key), cabinet, slot, tag (the code on its label), seal, authorisation, issue
(the owner takes their keys for good). Coming back, late, lost and counting are custody's (`parts/custody`).
"""
