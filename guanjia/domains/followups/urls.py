"""Pages of visits and of the issues they brought up."""

from django.urls import include, path

from . import screens, views

app_name = "followups"
visits = [
    path("p/<slug:project>/visits", screens.visits.screen, name="list"),
    path("p/<slug:project>/visits/new", screens.visit_pages.new, name="new"),
    path("p/<slug:project>/visits/<id:pk>", screens.visit_pages.page, name="page"),
]
issues = [
    path("p/<slug:project>/issues", screens.issues.screen, name="list"),
    path("p/<slug:project>/issues/new", screens.issue_pages.new, name="new"),
    path("p/<slug:project>/issues/<id:pk>", screens.issue_pages.page, name="page"),
]
urlpatterns = [
    path("p/<slug:project>/revisits", views.queue, name="queue"),
    path("p/<slug:project>/trail", views.month, name="trail"),
    path("", include((visits, "visits"))),
    path("", include((issues, "issues"))),
]
