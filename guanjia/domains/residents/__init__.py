"""The files of residents: who lives where, in what role, since when; what they agreed to; of what to be considerate.

The tables stand in `people` and `places`; here are the verbs that keep them true. Two records of one person are merged,
never deleted; whoever moves out loses every right at once.
Words: resident, occupancy, household, consent, care tag, emergency contact, house, building, spot.
"""
