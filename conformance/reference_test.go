// SPDX-License-Identifier: Apache-2.0

package conformance_test

import (
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/conformance"
	refserver "github.com/zaqarwire/zaqarwire/reference-server"
)

// The suite embedded in a Go test, as anybody would, against the reference
// server on a clock that is moved instead of waited for.
func TestTheReferenceServerConforms(t *testing.T) {
	var moved atomic.Int64
	server, err := refserver.New(refserver.Options{
		Now: func() time.Time { return time.Now().Add(time.Duration(moved.Load())) },
	})
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(server)
	t.Cleanup(front.Close)

	conformance.Test(t, conformance.Target{
		URL:     "ws" + strings.TrimPrefix(front.URL, "http"),
		Advance: func(d time.Duration) { moved.Add(int64(d)) },
	})
}
