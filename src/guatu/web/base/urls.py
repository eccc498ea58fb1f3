from django.urls import path

from guatu.web.base import views
from guatu.web.base.kept import session_state

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<int:pk>/revoke/", views.revoke_token, name="token_revoke"),
    path("session/", session_state, name="session_state"),
    path("jobs/", views.job_list, name="job_list"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("jobs/<int:pk>/again/", views.job_again, name="job_again"),
    path("clock/confirm/", views.clock_confirm, name="clock_confirm"),
    path("files/<int:pk>/", views.attachment, name="attachment"),
]
