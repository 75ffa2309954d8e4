"""One case 诉求 from first contact to revisit, whatever its kind; each kind adds one row of its own.

A case has an owner (首问人: who took it, to the end), an executor (who works on it) and observers; where (house
or spot), who reported (a frozen, sealed copy), a state, a round (each rework is a new one) and a log of contacts.
Kinds: repair, enquiry; others come with their domains. Words: owner, executor, observer, round, chase, contact.
"""
