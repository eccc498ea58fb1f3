"""What is done with random inspections, one command a file."""
