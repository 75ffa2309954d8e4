"""The facts: questions and exams; courses; the handbook; who was confirmed."""

from .courses import Attendance, Course, PlanLine
from .exams import Exam, Question, Result, Sitting
from .handbook import Handbook, MaterialChange
from .posts import Confirmation, Demand

__all__ = [
    "Attendance", "Confirmation", "Course", "Demand", "Exam", "Handbook", "MaterialChange", "PlanLine", "Question",
    "Result", "Sitting",
]  # fmt: skip
