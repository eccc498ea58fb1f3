"""One command a module: `build(say)` makes it in the language of `say`. Being here registers it."""
