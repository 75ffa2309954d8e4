"""What keeps the program running: the embedded PostgreSQL, the supervisor of `serve`, backup and
restore, the message catalogues. The command line alone uses this room; no page, operation or job
imports it, so it stands beside the layers and not in them.
"""
