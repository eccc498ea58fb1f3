from django.urls import path

from guatu.web.dispatch.views import campaign

urlpatterns = [
    path("map/", campaign.campaign_map, name="campaign_map"),
    path("map/wall/", campaign.campaign_wall, name="campaign_wall"),
]
