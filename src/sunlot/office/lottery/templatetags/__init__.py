"""What the pages of the lottery show in words."""
