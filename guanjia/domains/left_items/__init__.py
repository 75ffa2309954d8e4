"""寄存转交: things that the counter keeps for residents, or passes on for them, each only with the leads' approval.

Who leaves what, for whom, until when; collected whole or in parts, the pieces always balancing. Parcels taken in
under a consent (`domains/parcels`) need no approval and stand there. Words: take in, collect, pass on.
"""
