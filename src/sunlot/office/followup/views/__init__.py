"""Pages of the follow-up: orders, major hazards, transfers."""
