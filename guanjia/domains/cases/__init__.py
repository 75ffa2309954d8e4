"""Cases 诉求受理: what every case shares, and enquiries (clauses CASE-01…11).

Enquiries are taken and answered here; notes, chasing, joining, cancelling and forced closing are for all kinds.
"""
