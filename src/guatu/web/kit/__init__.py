"""What the pages of every app are made of: who may see one, values out of forms, controls, tables, spreadsheets."""
