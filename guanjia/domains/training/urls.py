"""Pages of training and exams."""

from django.urls import path

from .screens import bank, certificates, courses, curriculum, exams, handbook, home

app_name = "training"
P = "p/<slug:project>/training"
urlpatterns = [
    path(P, home.page, name="home"),
    *exams.exams.at("training/exams"),
    path(f"{P}/sittings/<id:pk>", exams.sitting, name="sitting"),
    path(f"{P}/sittings/<id:pk>/paper", exams.sit, name="sit"),
    path(f"{P}/results", exams.results.screen, name="results"),
    path(f"{P}/bank", bank.page, name="bank"),
    *bank.questions.at("training/questions"),
    path(f"{P}/course", curriculum.page, name="curriculum"),
    *certificates.certificates.at("training/certificates"),
    path(f"{P}/clothes", certificates.clothes, name="clothes"),
    *courses.courses.at("training/courses"),
    *courses.plan.at("training/plan"),
    *handbook.handbook.at("training/handbook"),
    *handbook.changes.at("training/changes"),
    path(f"{P}/posts", handbook.confirmed.screen, name="posts"),
    path(f"{P}/posts/confirm", handbook.post_pages.new, name="new-confirmation"),
    path(f"{P}/posts/<id:pk>", handbook.post_pages.page, name="confirmation"),
    path(f"{P}/posts/demand", handbook.demand_pages.new, name="new-demand"),
    path(f"{P}/posts/demand/<id:pk>", handbook.demand_pages.page, name="demand"),
]
