"""Statutory documents (文书) of a visit or a case: numbers without gaps, issued documents, the case file."""
