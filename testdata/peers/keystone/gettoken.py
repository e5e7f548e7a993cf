#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Prints a token and the id of its project.

Usage: gettoken.py USER [PROJECT [LIFE]]

PROJECT is USER unless it is given; LIFE is in seconds, an hour unless it is given.
"""
import os
import sys

import identity

user, project, life = (sys.argv[1:] + [None, None])[:3]
url = "http://127.0.0.1:%s/v3" % os.environ.get("PORT_KEYSTONE", "19240")
token, about = identity.login(url, user, project or user, life)
print(token, about["project"]["id"])
