"""The people of the office's tests, here too."""

from office.conftest import client_of, people, quick_passwords

__all__ = ["client_of", "people", "quick_passwords"]
