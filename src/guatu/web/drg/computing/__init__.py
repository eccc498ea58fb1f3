"""From stored files to figures: no page and no row of the database is known here."""
