"""What executes the clauses of notices. NTC-03 (posting on paper) is kept among the entries."""

from guanjia.parts.standards.bindings import bind_capability

bind_capability("NTC-05", page="notices:list", operation="notices.publish")
