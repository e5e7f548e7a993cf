// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestWhyTLSFailsIsSaidWithWhatToTry(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		server, client *tls.Config
		says, hint     string
	}{
		"a certificate of the client is asked for": {
			server: &tls.Config{ClientAuth: tls.RequireAnyClientCert}, client: &tls.Config{InsecureSkipVerify: true},
			says: "it refuses TLS: certificate required", hint: "certificate of ours",
		},
		"another version": {
			server: &tls.Config{MaxVersion: tls.VersionTLS11}, client: &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12},
			says: "version", hint: "1.2",
		},
		"nobody is trusted": {
			server: &tls.Config{}, client: &tls.Config{RootCAs: x509.NewCertPool()},
			says: "its certificate", hint: "--insecure",
		},
		"what the caller finds wrong": {
			server: &tls.Config{}, client: &tls.Config{
				InsecureSkipVerify: true, VerifyConnection: func(tls.ConnectionState) error { return errors.New("pinned to another") },
			},
			says: "pinned to another", hint: "is the URL right",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := httptest.NewUnstartedServer(nil)
			h.TLS = tc.server
			h.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
			h.StartTLS()
			t.Cleanup(h.Close)
			target := Target{URL: "wss" + strings.TrimPrefix(h.URL, "https"), Transport: &http.Transport{TLSClientConfig: tc.client}}
			_, err := target.preflight(t.Context())
			why, ok := errors.AsType[*UnreachableError](err)
			if !ok || strings.Contains(err.Error(), "\n") || !strings.Contains(why.Err.Error(), tc.says) || !strings.Contains(why.Hint, tc.hint) {
				t.Errorf("preflight() = %v, want one line with %q and a hint with %q", err, tc.says, tc.hint)
			}
		})
	}
}
