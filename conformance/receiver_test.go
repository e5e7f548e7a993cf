// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// What SUB-66 gives a server to send again in, it may use up.
func TestWhatIsSentAgainHasAllItsTimeAndThatOfAReply(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := testRun(t, "")
		h := &Hook{p: &Peer{scene: r.scene(one{}), conn: &conn{}}, news: make(chan arrival, 1)}
		var poster sync.WaitGroup
		poster.Go(func() {
			time.Sleep(againWithin + r.deadline - time.Second)
			h.news <- arrival{request: M{"body": "a"}}
		})
		defer poster.Wait()
		if ended := conclude(func() { h.PostedAgain(t.Context()).Want("body", "a") }); ended != nil {
			t.Errorf("%+v, want what was posted", ended)
		}
	})
}
