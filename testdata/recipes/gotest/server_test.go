// SPDX-License-Identifier: Apache-2.0

// Package server_test shows how a server's own tests judge it.
package server_test

import (
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/zaqarwire/zaqarwire/conformance"
	refserver "github.com/zaqarwire/zaqarwire/reference-server"
)

// With -short the cases that wait for messages to expire are left out.
func TestTheServerConforms(t *testing.T) {
	conformance.Test(t, conformance.Target{URL: url(t)})
}

// url is where a server listens: the one that ZAQAR_URL names, else one that is
// started for this test. Start yours in its place.
func url(t *testing.T) string {
	t.Helper()

	if named := os.Getenv("ZAQAR_URL"); named != "" {
		return named
	}
	handler, err := refserver.New(refserver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return "ws" + strings.TrimPrefix(server.URL, "http")
}
