"""The front desk 前台: one bar for everything, the resident's card, intake beside it, the queue, the case, Today.

The shell only asks and shows: what is written goes through the operations of cases and repairs; what is read comes
from the queries of casework and clocks, or from `queries.py` here for what the card and the bar need of people and
places. `signing.py` is the front door: log in, lock, change a password.
"""
