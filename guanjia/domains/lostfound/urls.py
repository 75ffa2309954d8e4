"""Pages of finds and losses."""

from . import screens

app_name = "lostfound"
urlpatterns = [*screens.finds.at("found"), *screens.losses.at("losses")]
