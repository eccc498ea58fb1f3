from django.urls import path

from guatu.web.dispatch.views import evidence, reports

urlpatterns = [
    path("reports/", reports.report_list, name="report_list"),
    path("reports/export/", reports.report_export, name="report_export"),
    path("reports/units/", reports.delivered_list, name="delivered_list"),
    path("reports/units/export/", reports.delivered_export, name="delivered_export"),
    path("reports/<int:pk>/", reports.report_edit, name="report_edit"),
    path("reports/<int:pk>/draft/", reports.report_draft, name="report_draft"),
    path("reports/<int:pk>/check/<int:target>/", reports.report_check, name="report_check"),
    path("reports/<int:pk>/files/", evidence.report_files, name="report_files"),
    path("reports/<int:pk>/files/<int:evidence>/remove/", evidence.report_file_remove, name="report_file_remove"),
]
