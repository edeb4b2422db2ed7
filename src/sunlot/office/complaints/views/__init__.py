"""The pages: what the public sees, what the office sees, what it does, and the figures."""
