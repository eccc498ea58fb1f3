"""Random inspection (双随机、一公开): objects and inspectors drawn so that anybody can draw them again."""
