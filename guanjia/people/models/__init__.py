from .account import Account, AccountHome, ApiToken, LoginAttempt
from .resident import CareTag, Consent, EmergencyContact, Occupancy, Resident
from .staff import Cover, Department, DistrictPost, Duty, Employee, Posting, ReportsTo, RightOverride, Skill

__all__ = [
    "Account",
    "AccountHome",
    "ApiToken",
    "CareTag",
    "Consent",
    "Cover",
    "Department",
    "DistrictPost",
    "Duty",
    "EmergencyContact",
    "Employee",
    "LoginAttempt",
    "Occupancy",
    "Posting",
    "ReportsTo",
    "Resident",
    "RightOverride",
    "Skill",
]
