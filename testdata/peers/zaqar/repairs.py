# SPDX-License-Identifier: Apache-2.0
"""Two repairs without which Debian 12's Zaqar 15.0.0 does not run.

1. Python 3.11 refuses the bare coroutine that the WebSocket driver hands to
   asyncio.wait(): each coroutine is wrapped in a task first.
2. The package leaves out zaqar/storage/redis/scripts/*.lua, so that posting and
   claiming fail with ENOENT: a script that is missing is read from lua/ here.

Each does nothing where it is not needed; an installed script wins.
"""
import asyncio
import pathlib

LUA = pathlib.Path(__file__).resolve().parent / "lua"

_wait = asyncio.wait


def _wait_for_tasks(futures, **options):
    futures = list(futures)
    if any(asyncio.iscoroutine(f) for f in futures):
        # the driver calls this before its loop runs
        loop = asyncio.get_event_loop_policy().get_event_loop()
        futures = [loop.create_task(f) if asyncio.iscoroutine(f) else f for f in futures]
    return _wait(futures, **options)


def apply():
    from zaqar.storage.redis import scripting

    installed = scripting._read_script

    def read(name):
        try:
            return installed(name)
        except FileNotFoundError:
            return (LUA / (name + ".lua")).read_text()

    asyncio.wait = _wait_for_tasks
    scripting._read_script = read
