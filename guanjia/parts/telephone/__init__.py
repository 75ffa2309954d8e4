"""Telephone 来电: what the telephone system tells (ringing, answered, ended), so that ring times are measured and the
caller's card opens at the desk.

A *line* is a telephone system that may tell, with its secret; a *call* is one call of it, known by the system's own
reference, told at most once each step, in any order. The number is kept sealed, with a keyed hash to find it by and its
last digits to show; whose number it is, is looked up when the desk asks. A *seat* is who sits at which extension now.
DESK-05: answered within three rings is a clock from `telephone.ring` to `telephone.answer`.
"""
