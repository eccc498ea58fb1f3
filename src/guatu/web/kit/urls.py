from django.urls import path

from guatu.web.kit.importing import pages
from guatu.web.kit.views.today import today, today_part

urlpatterns = [
    path("", today, name="home"),
    path("today/<slug:later>/", today_part, name="today_part"),
    path("sheets/<slug:kind>/template.xlsx", pages.sheet_template, name="sheet_template"),
    path("sheets/<slug:kind>/export.xlsx", pages.sheet_export, name="sheet_export"),
    path("sheets/<slug:kind>/import/", pages.import_new, name="import_new"),
    path("sheets/imports/<int:pk>/", pages.import_result, name="import_result"),
    path("sheets/imports/<int:pk>/good/", pages.import_good, name="import_good"),
    path("sheets/imports/<int:pk>/errors.xlsx", pages.import_errors, name="import_errors"),
]
