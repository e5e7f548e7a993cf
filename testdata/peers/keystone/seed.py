# SPDX-License-Identifier: Apache-2.0
"""Makes the users of this peer: demo in project demo and demo2 in demo2, both members,
admin with the role admin in project demo, too, and zaqar, which validates tokens.

Usage: seed.py URL
"""
import sys

import identity

url = sys.argv[1]
admin = {"X-Auth-Token": identity.login(url, "admin", "admin")[0]}


def made(kind, **fields):
    fields.update({"domain_id": "default"})
    return identity.call("POST", "%s/%ss" % (url, kind), {kind: fields}, admin)[0][kind]["id"]


def grant(project, user, role):
    identity.call("PUT", "%s/projects/%s/users/%s/roles/%s" % (url, project, user, roles[role]), headers=admin)


def ids(kind):
    return {one["name"]: one["id"] for one in identity.call("GET", "%s/%s" % (url, kind), headers=admin)[0][kind]}


roles = ids("roles")
for name, project, role in (("demo", "demo", "member"), ("demo2", "demo2", "member"), ("zaqar", "service", "admin")):
    grant(made("project", name=project), made("user", name=name, password=name + "pw"), role)
grant(ids("projects")["demo"], ids("users")["admin"], "admin")
