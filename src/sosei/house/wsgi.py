"""WSGI の入口."""

import os

from django.core.wsgi import get_wsgi_application

from sosei.house import keys
from sosei.house.heap import set_aside

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sosei.house.settings")
application = get_wsgi_application()
keys.require()
set_aside()
