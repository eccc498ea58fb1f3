"""The sheets of a county's workbook, each turned into what the directory's own actions and imports take."""
