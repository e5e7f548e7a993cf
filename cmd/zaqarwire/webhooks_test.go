// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net/netip"
	"strings"
	"testing"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
)

func TestWebhooksAreJudgedWithConfirmationAndWithout(t *testing.T) {
	t.Parallel()
	for _, more := range [][]string{nil, {"--without", "confirmation"}} {
		args := append([]string{"check", "--case", "SUB-60", "--case", "SUB-72", "--format", "json", "-o", t.TempDir()}, more...)
		if code, stdout, stderr := child(t, args...); code != exitOK || !strings.Contains(stdout, " 0 n/a ") {
			t.Errorf("%v: exit code %d\n%s%s", more, code, stdout, stderr)
		}
	}
}

func TestWebhooksOfATargetAreReceivedWhereItIsTold(t *testing.T) {
	t.Parallel()
	url := zaqarWith(t, refserver.Options{WebhookAllow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}})
	judge := func(want int, more ...string) (stdout string) {
		args := []string{"check", url, "--case", "SUB-60", "--format", "json", "--without", "confirmation", "-o", t.TempDir()}
		code, stdout, stderr := child(t, append(args, more...)...)
		if code != want {
			t.Errorf("%v: exit code %d, want %d\n%s%s", more, code, want, stdout, stderr)
		}
		return stdout
	}
	if out := judge(exitOK, "--webhook-listen", "127.0.0.1:0"); !strings.Contains(out, " 0 n/a ") {
		t.Errorf("webhooks were not judged\n%s", out)
	}
	if out := judge(exitIncomplete); !strings.Contains(out, "2 n/a") {
		t.Errorf("webhooks were judged without an address\n%s", out)
	}
}

func TestWebhookFlagsThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"serve", "--webhook-allow", "127.0.0.1"},
		{"serve", "--webhook-allow", "here"},
		{"check", zaqar(t, nil), "--webhook-listen", "256.0.0.1:0"},
	} {
		if code, _, stderr := command(t, "", args...); code != exitUsage || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%v: exit code %d, %s; want 2 and one line", args, code, stderr)
		}
	}
}
