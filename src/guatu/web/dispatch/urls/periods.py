from django.urls import path

from guatu.web.dispatch.views import periods

urlpatterns = [
    path("periods/", periods.period_list, name="period_list"),
    path("periods/plan/<int:plan>/open/", periods.period_open, name="period_open"),
    path("periods/plan/<int:plan>/rules/add/", periods.rule_edit, name="rule_add"),
    path("periods/plan/<int:plan>/rules/<int:pk>/", periods.rule_edit, name="rule_edit"),
    path("periods/runs/reopen/", periods.period_reopen_run, name="period_reopen_run"),
    path("periods/<int:pk>/", periods.period_detail, name="period_detail"),
    path("periods/<int:pk>/export/", periods.period_export, name="period_export"),
    path("periods/<int:pk>/close/", periods.period_close, name="period_close"),
    path("periods/<int:pk>/reopen/", periods.period_reopen, name="period_reopen"),
]
