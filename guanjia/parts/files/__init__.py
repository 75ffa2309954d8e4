"""Photos, videos and signatures kept with a thing.

Type by content, images re-encoded (no EXIF, at most 1600 px), random names outside the web root; a file takes its reach
from its subject. Words: stored file, purpose (reported, before, after, signature).
"""
