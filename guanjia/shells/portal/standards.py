"""Which clauses the residents' pages execute."""

from guanjia.parts.standards.bindings import bind_capability

bind_capability("ORG-07", page="portal:home", words="the steward's card on the resident's pages")
bind_capability("CASE-02", page="portal:report", words="a resident's report goes to the steward of the house")
