from django.urls import path

from guatu.web.base import views

urlpatterns = [
    path("jobs/<int:pk>/", views.job, name="job"),
    path("files/<int:pk>/", views.attachment, name="attachment"),
    path("audit/", views.audit_list, name="audit_list"),
]
