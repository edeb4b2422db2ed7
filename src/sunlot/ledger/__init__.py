"""The transparency ledger: RFC 6962 trees, pure functions."""
