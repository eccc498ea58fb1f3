from django.urls import path

from guatu.web.intake.views import intake, neighbours, patrol

urlpatterns = [
    path("cases/patrol/", patrol.patrol, name="patrol"),
    path("cases/import/", intake.intake_table, name="intake_table"),
    path("cases/import/template", intake.intake_template, name="intake_template"),
    path("cases/patches/", intake.intake_patches, name="intake_patches"),
    path("cases/intake/<int:pk>/", intake.intake_job, name="intake_job"),
    path("cases/intake/<int:pk>/take", intake.intake_take, name="intake_take"),
    path("cases/<int:pk>/send", neighbours.case_send, name="case_send"),
    path("cases/intake/<int:pk>/errors", intake.intake_errors, name="intake_errors"),
]
