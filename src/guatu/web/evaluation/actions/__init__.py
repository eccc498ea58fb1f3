"""What is done with evaluations, one command a file."""
