"""Things in our keeping, and things of ours in other hands: one ledger of who holds what since when.

A line of work makes its things `Kept` (keys, files, parcels …), names them to `kinds.keep`, and hands out through
`handing.hand_out`. What comes after is the same for all and stands here: taking back, lost and damaged, what is
overdue, counting the store.
"""
