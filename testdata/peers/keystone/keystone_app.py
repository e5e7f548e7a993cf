# SPDX-License-Identifier: Apache-2.0
"""Keystone's own WSGI application, for gunicorn with one worker and one thread.

A request with the header X-Token-Life gets a token that lives so many seconds; else
[token] expiration holds. Nothing else differs from Keystone's own.
"""
import sys

sys.argv = ["keystone-wsgi-public"]  # Keystone parses it

import keystone.conf  # noqa: E402
from keystone.server.wsgi import initialize_public_application  # noqa: E402

keystone_app = initialize_public_application()


def app(environ, start_response):
    life = environ.get("HTTP_X_TOKEN_LIFE")
    if not life:
        return keystone_app(environ, start_response)
    keystone.conf.CONF.set_override("expiration", int(life), "token")
    try:
        return keystone_app(environ, start_response)
    finally:
        keystone.conf.CONF.clear_override("expiration", "token")
