// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"testing"
)

// The library's Close reads the answering frame itself when our reader is busy.
func TestTheAnswerToACloseFrameIsSeenWhoeverReadsIt(t *testing.T) {
	t.Parallel()
	good := shelf()
	for name, requests := range map[string]int{"an idle reader": 1, "a busy reader": 1100} { // more than it can hand on
		c, _, err := dial(t.Context(), Target{URL: serve(t, good)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		data, err := write(JSON, request("queue_get", "p", M{"queue_name": "q"}))
		if err != nil {
			t.Fatal(err)
		}
		for range requests {
			if err := c.write(t.Context(), Text, data); err != nil {
				t.Fatal(err)
			}
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			c.close(1000, "")
		}()
		if requests > 1 {
			<-done // before the reader hands on more
		}
		var last event
		for e := range c.events {
			last = e
		}
		<-done
		if last.end == nil || last.end.code != 1000 {
			t.Errorf("%s: the connection ended with %v, want a close frame of status 1000", name, last.end)
		}
	}
}
