"""Printed and Excel forms of what the canonical files say."""
