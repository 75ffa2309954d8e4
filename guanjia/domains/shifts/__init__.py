"""Shifts 交接班: what one shift leaves to the next (attendance comes beside it later).

Notes of a shift go into its *log*. At its end a *handover* of the post drafts itself from the lines of all rooms
(`parts/handover`): what presses is explained, what lies there is counted, both sign; or the last shift *locks up* and
the next *takes up*. A *pass-on* names who must read it and shows who has. Who goes *out* says where; who leaves a post
for good makes a *transfer*. Words: note, handover, line, pass-on, reader, outing, transfer.
"""
