"""Visits (检查): from the drawn list, or a reason that was approved, to a record that is signed or a refusal that is reported."""
