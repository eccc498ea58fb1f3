from django.urls import path

from guatu.web.county.views import settings, working_days

urlpatterns = [
    path("settings/", settings.setting_list, name="setting_list"),
    path("settings/<str:name>/", settings.setting_page, name="setting"),
    path("settings/<str:name>/set/", settings.setting_set, name="setting_set"),
    path("working-days/", working_days.calendar_year, name="calendar_year"),
    path("working-days/<int:year>/", working_days.calendar_year, name="calendar_of"),
    path("working-days/<int:year>/add", working_days.calendar_add, name="calendar_add"),
    path("working-days/<int:year>/remove", working_days.calendar_remove, name="calendar_remove"),
    path("working-days/<int:year>/announce", working_days.calendar_announce, name="calendar_announce"),
]
