"""The posts 岗位: ids are the vocabulary's roles. Names are in the vocabulary; here is what code must know."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

RECEPTIONIST = "receptionist"
CUSTOMER_ASSISTANT = "customer_assistant"
SERVICE_OFFICER = "service_officer"
STEWARD = "steward"
KEY_CUSTODIAN = "key_custodian"
SERVICE_LEAD = "service_lead"
CLEANING_LEAD = "cleaning_lead"
SERVICE_SUPERVISOR = "service_supervisor"
SERVICE_MANAGER = "service_manager"
PROJECT_MANAGER = "project_manager"
DUTY_MANAGER = "duty_manager"
CASHIER = "cashier"
ENGINEERING_MANAGER = "engineering_manager"
ENGINEERING_SUPERVISOR = "engineering_supervisor"
TECHNICIAN = "technician"
SECURITY_MANAGER = "security_manager"
SECURITY_GUARD = "security_guard"
CONTROL_ROOM = "control_room"
HR_OFFICER = "hr_officer"
GENERAL_MANAGER = "general_manager"
COMPANY_SERVICE = "company_service_dept"
ADMINISTRATOR = "administrator"
RESIDENT = "resident"

NAMES = {
    RECEPTIONIST: _("Receptionist"),
    CUSTOMER_ASSISTANT: _("Customer assistant"),
    SERVICE_OFFICER: _("Service officer"),
    STEWARD: _("Steward"),
    KEY_CUSTODIAN: _("Key custodian"),
    SERVICE_LEAD: _("Service lead"),
    CLEANING_LEAD: _("Cleaning lead"),
    SERVICE_SUPERVISOR: _("Service supervisor"),
    SERVICE_MANAGER: _("Service manager"),
    PROJECT_MANAGER: _("Project manager"),
    DUTY_MANAGER: _("Duty manager"),
    CASHIER: _("Cashier"),
    ENGINEERING_MANAGER: _("Engineering manager"),
    ENGINEERING_SUPERVISOR: _("Engineering supervisor"),
    TECHNICIAN: _("Technician"),
    SECURITY_MANAGER: _("Security manager"),
    SECURITY_GUARD: _("Security guard"),
    CONTROL_ROOM: _("Control room"),
    HR_OFFICER: _("HR officer"),
    GENERAL_MANAGER: _("General manager"),
    COMPANY_SERVICE: _("Group quality department"),
    ADMINISTRATOR: _("Administrator"),
}
CHOICES = list(NAMES.items())
EVERYONE = frozenset(NAMES)
COUNTER = frozenset({RECEPTIONIST, CUSTOMER_ASSISTANT, SERVICE_OFFICER, CONTROL_ROOM})
SERVICE = COUNTER | {STEWARD, KEY_CUSTODIAN, SERVICE_LEAD, SERVICE_SUPERVISOR, SERVICE_MANAGER}
ENGINEERING = frozenset({TECHNICIAN, ENGINEERING_SUPERVISOR, ENGINEERING_MANAGER})
SUPERVISORS = frozenset({SERVICE_SUPERVISOR, SERVICE_MANAGER, PROJECT_MANAGER, DUTY_MANAGER})
MANAGERS = frozenset({SERVICE_MANAGER, PROJECT_MANAGER, GENERAL_MANAGER})
# Who works away from a desk: on a phone they land on the phone's own pages.
AFIELD = frozenset({TECHNICIAN, STEWARD, SECURITY_GUARD, ENGINEERING_SUPERVISOR})
SECURITY = frozenset({SECURITY_GUARD, SECURITY_MANAGER, CONTROL_ROOM})
# Who needs the files of residents for their work (PRIV-02); others meet a resident only through a case of theirs.
FILE_READERS = SERVICE | SUPERVISORS | MANAGERS | {ADMINISTRATOR}
# Who handles identity documents, and what residents ask of the data that is kept about them.
DOCUMENT_READERS = frozenset({SERVICE_SUPERVISOR, SERVICE_MANAGER, PROJECT_MANAGER})
# Who sets up gateways, webhooks and telephone lines.
SETTERS = frozenset({ADMINISTRATOR})
# The merged default of the reporting tree (ORG-03); a project may change it.
REPORTS_TO = {
    RECEPTIONIST: SERVICE_SUPERVISOR,
    CUSTOMER_ASSISTANT: SERVICE_SUPERVISOR,
    SERVICE_OFFICER: SERVICE_SUPERVISOR,
    STEWARD: SERVICE_SUPERVISOR,
    KEY_CUSTODIAN: SERVICE_SUPERVISOR,
    SERVICE_LEAD: SERVICE_SUPERVISOR,
    CLEANING_LEAD: SERVICE_SUPERVISOR,
    SERVICE_SUPERVISOR: SERVICE_MANAGER,
    SERVICE_MANAGER: PROJECT_MANAGER,
    PROJECT_MANAGER: GENERAL_MANAGER,
    DUTY_MANAGER: PROJECT_MANAGER,
    TECHNICIAN: ENGINEERING_SUPERVISOR,
    ENGINEERING_SUPERVISOR: ENGINEERING_MANAGER,
    ENGINEERING_MANAGER: PROJECT_MANAGER,
    SECURITY_GUARD: SECURITY_MANAGER,
    CONTROL_ROOM: SECURITY_MANAGER,
    SECURITY_MANAGER: PROJECT_MANAGER,
}
