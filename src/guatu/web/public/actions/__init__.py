"""What is done with notices and opinions, one file an action."""
