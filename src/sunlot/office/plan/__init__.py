"""The annual plan (年度抽查计划)."""
