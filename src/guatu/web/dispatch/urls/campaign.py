from django.urls import path

from guatu.web.dispatch.views import campaign

urlpatterns = [
    path("", campaign.campaign_map, name="home"),
    path("map/", campaign.campaign_map, name="campaign_map"),
]
