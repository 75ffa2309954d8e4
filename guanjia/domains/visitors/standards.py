"""What executes the clauses of visitors. VIS-03 (run sheets) and VIS-04 (checklists) are carried out already."""

from guanjia.parts.standards.bindings import bind_capability, bind_record

bind_record("VIS-02", form="F-VISITOR", label="visitor", evidence="visitors:list")
bind_capability("ORG-16", page="visitors:shared", operation="visitors.share")
