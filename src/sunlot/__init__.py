"""Sunlot 阳光抽查: double-random inspection whose lot anybody can check."""
