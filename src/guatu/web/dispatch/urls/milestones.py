from django.urls import path

from guatu.web.dispatch.views import milestones

urlpatterns = [
    path("tasks/<int:pk>/milestones/", milestones.task_milestones, name="task_milestones"),
    path("milestones/<int:pk>/mark/", milestones.milestone_mark, name="milestone_mark"),
]
