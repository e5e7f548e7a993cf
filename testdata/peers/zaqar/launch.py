#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Zaqar's own server entry point, after the repairs.

Usage: launch.py --config-file FILE
"""
import sys

import repairs

repairs.apply()

if __name__ == "__main__":
    sys.argv[0] = "zaqar-server"
    from zaqar.cmd.server import run

    sys.exit(run())
