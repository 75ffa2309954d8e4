"""Pages of organization."""

from django.urls import path

from guanjia.web import doors  # noqa: F401  (its import registers the converters of addresses)

from .screens import calls, posts

app_name = "organization"
urlpatterns = [
    path("p/<slug:project>/posts", posts.all_posts, name="posts"),
    path("p/<slug:project>/posts/<name:post>", posts.one_post, name="post"),
    path("p/<slug:project>/site-calls", calls.register.screen, name="calls"),
    path("p/<slug:project>/site-calls/new", calls.pages.new, name="new-call"),
    path("p/<slug:project>/site-calls/<id:pk>", calls.pages.page, name="call"),
]
