// SPDX-License-Identifier: Apache-2.0

package main

import (
	"maps"
	"strings"
	"testing"
)

func TestPoolsAreNamedOnTheCommandLine(t *testing.T) {
	t.Parallel()
	got, err := poolsNamed([]string{"ssd=memory://ssd", "hdd=memory://hdd?x=1"})
	if want := map[string]string{"ssd": "memory://ssd", "hdd": "memory://hdd?x=1"}; err != nil || !maps.Equal(got, want) {
		t.Errorf("poolsNamed = %v, %v, want %v", got, err, want)
	}
	if got, err := poolsNamed(nil); got != nil || err != nil {
		t.Errorf("poolsNamed(nil) = %v, %v", got, err)
	}
	for args, want := range map[string]string{
		"ssd": "is not NAME=URI", "=memory://ssd": "is not NAME=URI", "ssd=": "is not NAME=URI",
		"ssd=memory://a ssd=memory://b": "a name of its own",
		"ssd=http://a":                  "names no storage that can be opened",
		"ssd=memory://a hdd=memory://a": "is taken",
	} {
		flags := []string{"serve", "--listen", "127.0.0.1:0"}
		for pool := range strings.FieldsSeq(args) {
			flags = append(flags, "--pool", pool)
		}
		if code, _, stderr := command(t, "", flags...); code != exitUsage || !strings.Contains(stderr, want) {
			t.Errorf("serve --pool %s: exit code %d, %q, want 2 and %q", args, code, stderr, want)
		}
	}
}

func TestThePrintedCommandHidesThePasswordOfPools(t *testing.T) {
	t.Parallel()
	var c check
	c.o.Target.PoolURI = "mongodb://zaqar:s3cr3t@db/{name}"
	if got, want := c.again(), `zaqarwire check --pool-uri 'mongodb://zaqar:redacted@db/{name}'`; got != want {
		t.Errorf("again() = %s, want %s", got, want)
	}
}
