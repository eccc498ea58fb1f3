from django.urls import path

from guatu.web.county.views import audit, first_steps, settings, workbook, working_days

urlpatterns = [
    path("audit/", audit.audit_list, name="audit_list"),
    path("audit/export", audit.audit_export, name="audit_export"),
    path("first-steps/", first_steps.first_steps_page, name="first_steps"),
    path("first-steps/on/", first_steps.first_on, name="first_on"),
    path("first-steps/county/", first_steps.first_county, name="first_county"),
    path("first-steps/towns/", first_steps.first_towns, name="first_towns"),
    path("first-steps/units/", first_steps.first_units, name="first_units"),
    path("first-steps/people/", first_steps.first_people, name="first_people"),
    path("first-steps/workbook.xlsx", workbook.workbook_file, name="first_workbook_file"),
    path("first-steps/workbook/", workbook.workbook_new, name="first_workbook"),
    path("first-steps/workbook/<int:pk>/", workbook.workbook_check, name="first_workbook_check"),
    path("settings/", settings.setting_list, name="setting_list"),
    path("settings/<str:name>/", settings.setting_page, name="setting"),
    path("settings/<str:name>/set/", settings.setting_set, name="setting_set"),
    path("working-days/", working_days.calendar_year, name="calendar_year"),
    path("working-days/<int:year>/", working_days.calendar_year, name="calendar_of"),
    path("working-days/<int:year>/add", working_days.calendar_add, name="calendar_add"),
    path("working-days/<int:year>/remove", working_days.calendar_remove, name="calendar_remove"),
    path("working-days/<int:year>/announce", working_days.calendar_announce, name="calendar_announce"),
]
