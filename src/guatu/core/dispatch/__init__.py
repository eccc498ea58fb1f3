"""The plan run month by month: courses, reports, lights, forecasts, milestones, the ladder of supervision.

Everything is computed from rows and a day that are handed in, and every light, rate and forecast says why.
"""
