// SPDX-License-Identifier: Apache-2.0

package main

import "strings"

// poolsNamed are the pools of --pool, by their names; nil for none.
func poolsNamed(flags []string) (map[string]string, error) {
	var pools map[string]string
	for _, flag := range flags {
		name, uri, both := strings.Cut(flag, "=")
		if _, again := pools[name]; !both || name == "" || uri == "" || again {
			return nil, usage("--pool %q is not NAME=URI with a name of its own, such as ssd=memory://ssd", flag)
		}
		if pools == nil {
			pools = map[string]string{}
		}
		pools[name] = uri
	}
	return pools, nil
}
