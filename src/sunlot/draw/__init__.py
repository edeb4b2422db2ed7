"""The draw (摇号): from a notice and a public seed to firms and teams, recomputable by anyone. Rules: docs/draw-format.md.

Nothing here knows Django, a database, the clock or the machine's randomness.
"""
