"""失物招领: what somebody found here, and what residents miss.

A find is registered by whoever picked it up, given to its owner against features that were asked before it was shown,
and otherwise handed to security the same day. What residents miss is compared with the finds by its words.
Words: find, loss, claim, hand to security.
"""
