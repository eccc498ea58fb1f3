"""What is taken in, one command a file."""
