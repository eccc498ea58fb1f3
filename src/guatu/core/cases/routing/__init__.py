"""Where a report belongs: its grid, village and town by position, its unit by class and place."""
