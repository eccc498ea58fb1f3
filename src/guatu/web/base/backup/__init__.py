"""The county in one file, and back: database, uploaded files and the secret, taken while the server runs.

`container` is the form of the file, `sealing` its passphrase, `manifest` what it says of itself, `sqlite` and
`postgresql` take a snapshot and load one, `making`, `reading` and `restoring` are the three things that are done.
"""
