from django.urls import path

from guatu.web.evaluation.views import live, published

urlpatterns = [
    path("evaluation/", live.evaluation_list, name="evaluation_list"),
    path("evaluation/export", live.evaluation_export, name="evaluation_export"),
    path("evaluation/reason/", live.evaluation_reason, name="evaluation_reason"),
    path("evaluation/publish", live.evaluation_publish, name="evaluation_publish"),
    path("evaluation/settings/", published.evaluation_settings, name="evaluation_settings"),
    path("evaluation/results/", published.evaluation_results, name="evaluation_results"),
    path("evaluation/results/<int:pk>/", published.evaluation_result, name="evaluation_result"),
    path("evaluation/results/<int:pk>/export", published.evaluation_result_export, name="evaluation_result_export"),
    path("evaluation/results/<int:pk>/reason/", published.evaluation_result_reason, name="evaluation_result_reason"),
]
