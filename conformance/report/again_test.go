// SPDX-License-Identifier: Apache-2.0

package report

import "testing"

func TestRepetitionsAreReadAsTheyStand(t *testing.T) {
	t.Parallel()
	const printed = `FAIL  FRM-30 MUST   FRM-53/unknown-action [json]
      "A server MUST"
      again  zaqarwire check ws://127.0.0.1:9000 \
             --case FRM-53/unknown-action --format json

UNTESTED  CLM-10/after-the-ttl
      again  and again
`
	got := Repetitions(printed)
	if len(got) != 1 || got[0].Case != "FRM-53/unknown-action" || got[0].Format != "json" ||
		got[0].Command != "zaqarwire check ws://127.0.0.1:9000 \\\n             --case FRM-53/unknown-action --format json" {
		t.Errorf("got %+v", got)
	}
}
