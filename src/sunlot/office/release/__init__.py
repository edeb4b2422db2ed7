"""Release of results and penalties (公示): review by a second person, clocks, withdrawal and correction with history."""
