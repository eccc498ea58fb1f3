from django.urls import path

from guatu.web.base import views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/tokens/", views.create_token, name="token_create"),
    path("account/tokens/<int:pk>/revoke/", views.revoke_token, name="token_revoke"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("files/<int:pk>/", views.attachment, name="attachment"),
    path("audit/", views.audit_list, name="audit_list"),
    path("audit/export.csv", views.audit_export, name="audit_export"),
]
