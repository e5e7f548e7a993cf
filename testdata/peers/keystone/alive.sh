#!/bin/bash
# Ends with 0 when a Keystone that up.sh started is running.
. "$(dirname "$0")/env.sh"

alive keystone
