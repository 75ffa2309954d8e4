"""Reception 来电来访 (DESK): nobody who calls or comes is lost, and what was promised to them is kept.

A *call* is the record of one that became no case (one that did points to it, and is written once). A missed call owes
a *call back*. A *message slip* waits until whom it is for has acknowledged it. A *walk-in* is received, seen off (with
a time for the reply, when it was not settled), and completed within ten minutes. *Standard replies* and *situations*
are what the counter reads; *help* is what it does beside. Visitors of households are another room (visitors).
"""
