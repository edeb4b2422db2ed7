"""Dated policy packs (政策包): rates, caps and ratios are data, never constants in code."""
