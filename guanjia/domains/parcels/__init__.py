"""快递信报: parcels, letters and papers that the counter takes in for residents.

A parcel is accepted only with the household's written consent, a call in the courier's presence and an unhurt
wrapping; it lies at a named place under a pick-up code until somebody signs for it, or goes back to its sender.
Letters and papers are sorted by building and unit and handed round. Words: accept, turn away, hand over, hand round.
"""
