"""What people write into cells, forms and files, read once for all: one file a kind of field.

`normal` makes texts alike, `numerals` knows numbers in words, `findings` is the catalogue of what can be said about a
value. A kind (`text`, `choice`, `number`, `money`, `day`, `time`, `code`; `reference`, `unit`, `place`; `person`,
`phone`, `identity`; `geometry`; `file`, `photo`) holds the function that reads its spellings, which the compiler uses
too, and an object that reads a typed cell, a text of a form or a value of JSON, shows, sorts, compares, masks and
exports it. Reading never raises: it returns a value, or a finding that says what was given and how
to write it.
"""
