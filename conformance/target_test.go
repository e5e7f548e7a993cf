// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestARedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	elsewhere := serve(t, shelf())
	redirects := httptest.NewServer(http.RedirectHandler("http"+strings.TrimPrefix(elsewhere, "ws"), http.StatusFound))
	t.Cleanup(redirects.Close)

	_, err := Target{URL: "ws" + strings.TrimPrefix(redirects.URL, "http")}.preflight(t.Context())
	var unreachable *UnreachableError
	if !errors.As(err, &unreachable) || !strings.Contains(err.Error(), "302") {
		t.Errorf("preflight = %v, want that it answers with status 302", err)
	}
}

func TestAnInterruptBeforeAnythingIsJudgedIsOne(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { cancel() }))
	t.Cleanup(silent.Close)

	if _, err := (Target{URL: "ws" + strings.TrimPrefix(silent.URL, "http")}).preflight(ctx); !errors.Is(err, ErrInterrupted) {
		t.Errorf("preflight = %v, want %v", err, ErrInterrupted)
	}
}

func TestAMistakeInTheTargetIsOneOfUsage(t *testing.T) {
	t.Parallel()
	for name, target := range map[string]Target{
		"no URL":             {},
		"another scheme":     {URL: "http://127.0.0.1"},
		"no host":            {URL: "ws://"},
		"a bad escape":       {URL: "ws://127.0.0.1/%zz"},
		"a client of a name": {URL: "ws://127.0.0.1", Client: "worker-1"},
		"a client cut short": {URL: "ws://127.0.0.1", Client: "355186cd-d1e8-4108-a3ac-a218369723"},
	} {
		var usage *UsageError
		if err := target.validate(); !errors.As(err, &usage) {
			t.Errorf("%s: validate() = %v, want a usage error", name, err)
		}
	}
	for _, client := range []string{"", "355186cd-d1e8-4108-a3ac-a2183697232a", "355186CDD1E84108A3ACA2183697232A"} {
		if err := (Target{URL: "ws://127.0.0.1:1", Client: client}).validate(); err != nil {
			t.Errorf("validate() with client %q = %v, want none", client, err)
		}
	}
}
