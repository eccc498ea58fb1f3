from django.urls import path

from guatu.web.dispatch.views import reviews

urlpatterns = [
    path("reviews/", reviews.review_list, name="review_list"),
    path("reviews/export/", reviews.review_export, name="review_export"),
    path("reviews/accept/", reviews.review_accept, name="review_accept"),
    path("reviews/<int:pk>/", reviews.review_detail, name="review_detail"),
]
