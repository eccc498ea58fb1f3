"""What is done with cases, one command a file."""
