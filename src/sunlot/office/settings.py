"""Django's settings. The database is SQLite in the office's folder; SUNLOT_DATABASE=postgresql://user:password@host/name takes its place."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

HOME = Path(os.environ.get("SUNLOT_HOME", "office")).resolve()
SECRET_KEY = os.environ.get("SUNLOT_SECRET_KEY", "")  # else start.open_office takes it from the office's folder
DEBUG = False
INSTALLED_APPS = ["sunlot.office.journal", "sunlot.office.lottery"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def database(home: Path, url: str = "") -> dict[str, Any]:
    """Return Django's description of the database: SQLite in `home`, or the PostgreSQL of the URL."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home / "office.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",  # who writes says so at once: no deadlock, no lost update
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }


DATABASE_URL = os.environ.get("SUNLOT_DATABASE", "")
DATABASES = {"default": database(HOME, DATABASE_URL)}
