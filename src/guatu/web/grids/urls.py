from django.urls import path

from guatu.web.grids.views import borders, drawing, lists, partitions, ratings, staff

urlpatterns = [
    path("grids/", lists.grid_list, name="grid_list"),
    path("grids/export", lists.grid_export, name="grid_export"),
    path("grids/borders.geojson", lists.grid_geojson, name="grid_geojson"),
    path("grids/new/", drawing.grid_new, name="grid_new"),
    path("grids/import/", drawing.grid_import, name="grid_import"),
    path("grids/merge/", drawing.grid_merge, name="grid_merge"),
    path("grids/<int:pk>/", lists.grid_detail, name="grid_detail"),
    path("grids/<int:pk>/edit", drawing.grid_edit, name="grid_edit"),
    path("grids/<int:pk>/split", drawing.grid_split, name="grid_split"),
    path("grids/<int:pk>/staff", staff.grid_staff, name="grid_staff"),
    path("grids/changes/<int:pk>/", drawing.change_page, name="gridchange_page"),
    path("grids/fixed/", borders.borders, name="grid_borders"),
    path("grids/fixed/<int:pk>/end", borders.border_end, name="fixedborder_end"),
    path("grids/partitions/", partitions.partition_list, name="partition_list"),
    path("grids/partitions/example.geojson", partitions.example, name="partition_example"),
    path("grids/partitions/<int:pk>/", partitions.partition_page, name="partition_page"),
    path("grids/staffing/", staff.staffing_list, name="staffing_list"),
    path("grids/staffing/export", staff.staffing_export, name="staffing_export"),
    path("grids/ratings/", ratings.rating_list, name="rating_list"),
    path("grids/ratings/<int:pk>/", ratings.rating_page, name="rating_page"),
    path("grids/ratings/<int:pk>/publish", ratings.rating_publish, name="rating_publish"),
    path("grids/ratings/<int:pk>/export", ratings.rating_export, name="rating_export"),
]
