"""Working days, periods and clocks: all time limits of all domains are counted here.

Days and instants are handed in. Instants carry their zone; days are days in China, which has one zone.
"""
