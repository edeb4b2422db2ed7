"""The field form (现场检查): the installable page for phones and tablets; what it sends is taken in by `visits`."""
