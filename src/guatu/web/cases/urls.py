from django.urls import path

from guatu.web.cases.views import desk, detail, open311, public

urlpatterns = [
    path("cases/", desk.case_list, name="case_list"),
    path("cases/export", desk.case_export, name="case_export"),
    path("cases/assign", desk.case_assign, name="case_assign"),
    path("cases/new/", desk.case_new, name="case_new"),
    path("cases/mine/", desk.case_mine, name="case_mine"),
    path("cases/<int:pk>/", detail.case_detail, name="case_detail"),
    path("cases/<int:pk>/move", detail.case_move, name="case_move"),
    path("cases/<int:pk>/ask", detail.case_ask, name="case_ask"),
    path("cases/<int:pk>/decide", detail.case_decide, name="case_decide"),
    path("report/", public.public_report, name="public_report"),
    path("track/", public.public_track, name="public_track"),
    path("track/<str:code>/", public.public_case_page, name="public_case"),
    path("track/<str:code>/rate", public.public_rate, name="public_rate"),
    path("track/<str:code>/reopen", public.public_reopen, name="public_reopen"),
    path("open311/v2/services.<str:kind>", open311.open311_services, name="open311_services"),
    path("open311/v2/services/<str:code>.<str:kind>", open311.open311_service, name="open311_service"),
    path("open311/v2/requests.<str:kind>", open311.open311_requests, name="open311_requests"),
    path("open311/v2/requests/<int:pk>.<str:kind>", open311.open311_request, name="open311_request"),
    path("open311/v2/tokens/<str:token>.<str:kind>", open311.open311_token, name="open311_token"),
]
