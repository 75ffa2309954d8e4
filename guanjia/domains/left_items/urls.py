"""Pages of things left with us."""

from . import screens

app_name = "left_items"
urlpatterns = screens.register.at("left-items")
