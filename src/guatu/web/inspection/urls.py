from django.urls import path

from guatu.web.inspection.views import draws, lists, public

urlpatterns = [
    path("inspection/", draws.inspection_list, name="inspection_list"),
    path("inspection/objects/", lists.inspection_objects, name="inspection_objects"),
    path("inspection/inspectors/", lists.inspectors, name="inspectors"),
    path("inspection/draws/new/", draws.draw_new, name="draw_new"),
    path("inspection/draws/<int:pk>/", draws.draw_detail, name="draw_detail"),
    path("inspection/draws/<int:pk>/exclude", draws.draw_exclude, name="draw_exclude"),
    path("inspection/draws/<int:pk>/close", draws.draw_close, name="draw_close"),
    path("inspection/draws/<int:pk>/run", draws.draw_run, name="draw_run"),
    path("inspection/drawn/<int:pk>/result", draws.draw_result, name="drawn_result"),
    path("inspections/", public.public_inspections, name="public_inspections"),
    path("inspections/<int:pk>/", public.public_inspection, name="public_inspection"),
    path("inspections/<int:pk>/inputs.json", public.public_inputs, name="public_inspection_inputs"),
    path("inspections/<int:pk>/script.py", public.public_script, name="public_inspection_script"),
]
