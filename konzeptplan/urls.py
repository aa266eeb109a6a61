app_name = "konzeptplan"
urlpatterns: list = []
