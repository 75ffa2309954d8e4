from .account import Account, AccountHome, ApiToken, LoginAttempt
from .administered import Administered
from .factor import RecoveryCode, SecondFactor
from .resident import CareTag, Consent, EmergencyContact, Occupancy, Resident
from .staff import (
    Cover,
    Department,
    DistrictCover,
    DistrictPost,
    Duty,
    Employee,
    Posting,
    ReportsTo,
    RightOverride,
    Skill,
)

__all__ = [
    "Account",
    "AccountHome",
    "Administered",
    "ApiToken",
    "CareTag",
    "Consent",
    "Cover",
    "Department",
    "DistrictCover",
    "DistrictPost",
    "Duty",
    "EmergencyContact",
    "Employee",
    "LoginAttempt",
    "Occupancy",
    "Posting",
    "RecoveryCode",
    "ReportsTo",
    "Resident",
    "RightOverride",
    "SecondFactor",
    "Skill",
]
