"""What every reader stands on: the source text, its places, its errors, decoding, tables and archives."""
