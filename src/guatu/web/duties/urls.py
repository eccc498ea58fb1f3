from django.urls import path

from guatu.web.duties.views import duties

urlpatterns = [
    path("duties/", duties.duty_list_page, name="duty_list"),
    path("duties/add", duties.duty_add, name="duty_add"),
    path("duties/<int:pk>/end", duties.duty_end, name="duty_end"),
]
