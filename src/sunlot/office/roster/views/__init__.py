"""The pages of the roster, one file a subject."""
