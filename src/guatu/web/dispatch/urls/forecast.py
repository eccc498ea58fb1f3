from django.urls import path

from guatu.web.dispatch.views import forecast

urlpatterns = [path("targets/<int:pk>/forecast/", forecast.target_forecast, name="target_forecast")]
