"""Penalties (行政处罚): case, legal review, hearing, decision; violations that raise a firm's intensity for a time."""
