"""DRG payment: grouping stays by a scheme of tables, points from history, settlement under a total budget."""
