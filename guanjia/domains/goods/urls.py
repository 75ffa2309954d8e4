"""Pages of things to lend."""

from . import screens

app_name = "goods"
urlpatterns = screens.register.at("goods")
