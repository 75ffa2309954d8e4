"""Pages of training and exams."""

from django.urls import path

from .screens import bank, certificates, courses, curriculum, exams, handbook, home

app_name = "training"
P = "p/<slug:project>/training"
urlpatterns = [
    path(P, home.page, name="home"),
    path(f"{P}/exams", exams.exams.screen, name="exams"),
    path(f"{P}/exams/new", exams.pages.new, name="new-exam"),
    path(f"{P}/exams/<id:pk>", exams.pages.page, name="exam"),
    path(f"{P}/sittings/<id:pk>", exams.sitting, name="sitting"),
    path(f"{P}/sittings/<id:pk>/paper", exams.sit, name="sit"),
    path(f"{P}/results", exams.results.screen, name="results"),
    path(f"{P}/bank", bank.page, name="bank"),
    path(f"{P}/questions", bank.questions.screen, name="questions"),
    path(f"{P}/questions/new", bank.pages.new, name="new-question"),
    path(f"{P}/questions/<id:pk>", bank.pages.page, name="question"),
    path(f"{P}/course", curriculum.page, name="curriculum"),
    path(f"{P}/certificates", certificates.certificates.screen, name="certificates"),
    path(f"{P}/certificates/new", certificates.pages.new, name="new-certificate"),
    path(f"{P}/certificates/<id:pk>", certificates.pages.page, name="certificate"),
    path(f"{P}/clothes", certificates.clothes, name="clothes"),
    path(f"{P}/courses", courses.courses.screen, name="courses"),
    path(f"{P}/courses/new", courses.course_pages.new, name="new-course"),
    path(f"{P}/courses/<id:pk>", courses.course_pages.page, name="course"),
    path(f"{P}/plan", courses.plan.screen, name="plan"),
    path(f"{P}/plan/new", courses.plan_pages.new, name="new-plan"),
    path(f"{P}/plan/<id:pk>", courses.plan_pages.page, name="plan-line"),
    path(f"{P}/handbook", handbook.handbook.screen, name="handbook"),
    path(f"{P}/handbook/new", handbook.book_pages.new, name="new-handbook"),
    path(f"{P}/handbook/<id:pk>", handbook.book_pages.page, name="handbook-version"),
    path(f"{P}/changes", handbook.changes.screen, name="changes"),
    path(f"{P}/changes/new", handbook.change_pages.new, name="new-change"),
    path(f"{P}/changes/<id:pk>", handbook.change_pages.page, name="change"),
    path(f"{P}/posts", handbook.confirmed.screen, name="posts"),
    path(f"{P}/posts/confirm", handbook.post_pages.new, name="new-confirmation"),
    path(f"{P}/posts/<id:pk>", handbook.post_pages.page, name="confirmation"),
    path(f"{P}/posts/demand", handbook.demand_pages.new, name="new-demand"),
    path(f"{P}/posts/demand/<id:pk>", handbook.demand_pages.page, name="demand"),
]
