"""Pages of gifts."""

from . import screens

app_name = "gifts"
urlpatterns = screens.register.at("gifts")
