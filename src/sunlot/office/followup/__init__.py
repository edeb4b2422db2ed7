"""What a visit leaves behind: rectification with deadlines and recheck, major hazards, transfers to other departments."""
