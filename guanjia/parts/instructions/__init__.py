"""Standing instructions of a house 房屋嘱托: what a household has asked to be heeded whenever somebody stands at the
door or the counter for them: do not admit, away until …, do not hand out the key, ring first.

One home for all: whoever admits a visitor, releases a key or hands a parcel out shows `queries.of_house(house, at)` (or
the template `instructions/shown.html`) at that very moment. Kept encrypted: that somebody is away is nobody's business.
Words: instruction, note (take one down), end.
"""
