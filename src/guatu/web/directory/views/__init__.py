"""Pages of the directory: units, places, people, spreadsheets, accounts."""
