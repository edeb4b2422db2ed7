"""Faster ways to the same tickets; the reference in draw/tickets.py decides what is right."""
