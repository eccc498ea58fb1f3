from django.urls import path

from guatu.web.dispatch.views import lights

urlpatterns = [
    path("lights/", lights.light_list, name="light_list"),
    path("lights/export/", lights.light_export, name="light_export"),
    path("lights/<int:pk>/", lights.light_detail, name="light_detail"),
    path("lights/<int:pk>/appeal/", lights.appeal_make, name="appeal_make"),
    path("appeals/", lights.appeal_list, name="appeal_list"),
    path("appeals/decide/", lights.appeal_decisions, name="appeal_decisions"),
    path("appeals/<int:pk>/decide/", lights.appeal_decide, name="appeal_decide"),
]
