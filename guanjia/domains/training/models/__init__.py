"""The facts: questions and exams; courses; certificates; the handbook; who was confirmed."""

from .certificates import Certificate
from .courses import Attendance, Course, PlanLine
from .exams import Exam, Question, Result, Sitting
from .handbook import Handbook, MaterialChange
from .posts import Confirmation, Demand

__all__ = [
    "Attendance", "Certificate", "Confirmation", "Course", "Demand", "Exam", "Handbook", "MaterialChange", "PlanLine",
    "Question", "Result", "Sitting",
]  # fmt: skip
