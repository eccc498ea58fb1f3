"""The command line. One command a file under `commands`; a command is imported when it is called."""
