"""Codes of the field: unified social credit codes and the older numbers before them."""
