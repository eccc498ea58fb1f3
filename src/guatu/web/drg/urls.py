from django.urls import path

from guatu.web.drg.views import checks, objections, parameters, runs, years

urlpatterns = [
    path("drg/", years.home, name="drg_home"),
    path("drg/hospitals/", years.hospitals, name="drg_hospitals"),
    path("drg/years/<int:pk>/", years.year_page, name="drg_year"),
    path("drg/years/<int:pk>/upload", years.upload, name="drg_upload"),
    path("drg/years/<int:pk>/compute", years.compute, name="drg_compute"),
    path("drg/years/<int:pk>/publish", years.publish, name="drg_publish"),
    path("drg/parameters/<int:pk>/", parameters.parameters, name="drg_parameters"),
    path("drg/runs/<int:pk>/", runs.overview, name="drg_run"),
    path("drg/runs/<int:pk>/hospitals/<str:code>/", runs.hospital, name="drg_hospital"),
    path("drg/runs/<int:pk>/hospitals/<str:code>/cases", runs.cases, name="drg_cases"),
    path("drg/runs/<int:pk>/hospitals/<str:code>/statement.xlsx", runs.statement, name="drg_statement"),
    path("drg/runs/<int:pk>/hospitals/<str:code>/object", objections.objection_new, name="drg_object"),
    path("drg/runs/<int:pk>/cases/<path:id_>", runs.case, name="drg_case"),
    path("drg/runs/<int:pk>/problems", checks.problems, name="drg_problems"),
    path("drg/runs/<int:pk>/quality", checks.quality, name="drg_quality"),
    path("drg/runs/<int:pk>/simulate", checks.simulate, name="drg_simulate"),
    path("drg/simulations/<int:pk>/", checks.simulation, name="drg_simulation"),
    path("drg/runs/<int:pk>/objections", objections.objections, name="drg_objections"),
    path("drg/objections/<int:pk>/", objections.objection, name="drg_objection"),
    path("drg/objections/<int:pk>/reply", objections.reply, name="drg_reply"),
    path("drg/objections/<int:pk>/withdraw", objections.withdraw, name="drg_withdraw"),
]
