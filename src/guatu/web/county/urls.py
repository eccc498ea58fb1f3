from django.urls import path

from guatu.web.county.views import settings

urlpatterns = [
    path("settings/", settings.setting_list, name="setting_list"),
    path("settings/<str:name>/", settings.setting_page, name="setting"),
    path("settings/<str:name>/set/", settings.setting_set, name="setting_set"),
]
