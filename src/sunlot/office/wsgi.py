"""What a web server calls. SUNLOT_HOME names the office's folder."""

from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from sunlot.office.settings import HOME
from sunlot.office.start import open_office, own_host

open_office(HOME)
application: Any = get_wsgi_application()
settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, *filter(None, [own_host()])]
assert settings.SECRET_KEY
