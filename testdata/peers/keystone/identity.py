# SPDX-License-Identifier: Apache-2.0
"""The little of Keystone's API that seed.py and gettoken.py need. The password of USER is USERpw."""
import json
import urllib.request


def call(method, url, body=None, headers=None):
    """The decoded answer, None without one, and its headers."""
    request = urllib.request.Request(
        url, method=method, data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **(headers or {})})
    with urllib.request.urlopen(request, timeout=20) as answer:
        text = answer.read()
        return json.loads(text) if text else None, answer.headers


def login(url, user, project, life=None):
    """A token of a user for a project, and what Keystone says of it."""
    domain = {"id": "default"}
    answer, headers = call("POST", url + "/auth/tokens", {"auth": {
        "identity": {"methods": ["password"], "password": {
            "user": {"name": user, "password": user + "pw", "domain": domain}}},
        "scope": {"project": {"name": project, "domain": domain}}}},
        {"X-Token-Life": str(life)} if life else None)
    return headers["X-Subject-Token"], answer["token"]
