"""The firms (检查对象名录库)."""
