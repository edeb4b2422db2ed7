"""The inspectors (执法检查人员名录库)."""
