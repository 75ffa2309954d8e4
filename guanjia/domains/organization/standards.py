"""What executes the clauses of organization, beside the operations that cite them."""

from guanjia.parts.standards.bindings import bind_capability, bind_capacity

from .operations.districts import limit_of_households

bind_capability("ORG-02", page="office:staff", operation="organization.grant_post")
bind_capability("ORG-03", page="office:tree", operation="organization.set_superior")
bind_capability("ORG-04", page="office:tree", operation="organization.keep_department")
bind_capacity("ORG-05", check=limit_of_households, evidence="office:districts")
bind_capability("ORG-06", page="office:districts", operation="organization.open_district")
