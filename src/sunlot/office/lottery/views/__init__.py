"""The pages of the lottery."""
