"""Maps from files: GeoJSON with its coordinate system checked, satellite patches with before and after."""
