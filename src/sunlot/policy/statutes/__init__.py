"""The law an inspection stands on (法律依据): article texts, citations of them, and whether a law is in force on a day."""
