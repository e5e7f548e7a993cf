// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	refserver "github.com/zaqarwire/zaqarwire/reference-server"
)

// authority is one that gives out certificates, kept in files of PEM.
type authority struct {
	*testing.T

	dir  string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// newAuthority makes one whose own certificate is in ca.pem.
func newAuthority(t *testing.T) authority {
	t.Helper()
	a := authority{T: t, dir: t.TempDir(), key: newKey(t)}
	a.cert = &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "lab authority"}, IPAddresses: []net.IP{net.ParseIP("127.0.0.1")},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	a.sign("ca", a.cert, a.key)
	return a
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// sign writes a certificate and its key to name.pem and name.key.
func (a authority) sign(name string, template *x509.Certificate, key *ecdsa.PrivateKey) {
	a.Helper()
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	if err != nil {
		a.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		a.Fatal(err)
	}
	for file, block := range map[string]*pem.Block{
		name + ".pem": {Type: "CERTIFICATE", Bytes: der}, name + ".key": {Type: "PRIVATE KEY", Bytes: secret},
	} {
		if err := os.WriteFile(a.file(file), pem.EncodeToMemory(block), 0o600); err != nil {
			a.Fatal(err)
		}
	}
}

func (a authority) file(name string) string { return filepath.Join(a.dir, name) }

// leaf writes a certificate for a server at an address, until then.
func (a authority) leaf(name, ip string, until time.Duration) (cert, key string) {
	a.Helper()
	a.sign(name, &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, IPAddresses: []net.IP{net.ParseIP(ip)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(until),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, newKey(a.T))
	return a.file(name + ".pem"), a.file(name + ".key")
}

// serve serves by TLS with a certificate.
func (a authority) serve(cert, key string) (url string) {
	a.Helper()
	config, err := certificate(cert, key)
	if err != nil {
		a.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	server, err := listenAndServe(a.Context(), endpoint{"127.0.0.1:0", config}, mutants.Mutant{}, refserver.Options{}, quiet)
	if err != nil {
		a.Fatal(err)
	}
	a.Cleanup(func() { _ = server.shutdown(a.Context()) })
	return server.url
}

func TestAServerOfTLSIsJudgedAsOneWithout(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes a whole run")
	}
	a := newAuthority(t)
	url := a.serve(a.leaf("good", "127.0.0.1", time.Hour))
	for name, trust := range map[string][]string{"--ca": {"--ca", a.file("ca.pem")}, "--insecure": {"--insecure"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"check", url, "--fast", "--case", "frames", "--format", "json"}, trust...)
			code, stdout, stderr := child(t, args...)
			if code != exitOK || strings.Contains(stdout, "untested: ") {
				t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
			}
			code, stdout, stderr = child(t, append([]string{"call", url, "queue_list"}, trust...)...)
			if code != exitOK || !strings.Contains(stdout, `"status":200`) {
				t.Errorf("call: exit code %d\n%s%s", code, stdout, stderr)
			}
		})
	}
}

func TestWhyTLSFailsIsSaidInOneLineWithWhatToTry(t *testing.T) {
	t.Parallel()
	a, b := newAuthority(t), newAuthority(t)
	good := a.serve(a.leaf("good", "127.0.0.1", time.Hour))
	plain := zaqar(t, nil)
	for name, tc := range map[string]struct {
		url, ca    string
		says, hint string
	}{
		"the authorities of the system": {good, "", "is of an authority that is not trusted", "--ca FILE"},
		"another authority":             {good, b.file("ca.pem"), "is of an authority that is not trusted", "--insecure"},
		"signed by itself":              {a.serve(a.file("ca.pem"), a.file("ca.key")), "", "is signed by itself", "--ca FILE"},
		"another address":               {a.serve(a.leaf("other", "127.0.0.9", time.Hour)), a.file("ca.pem"), "is for another host", "127.0.0.9"},
		"expired":                       {a.serve(a.leaf("old", "127.0.0.1", -time.Minute)), a.file("ca.pem"), "has expired", "clock"},
		"a server without TLS":          {"wss" + strings.TrimPrefix(plain, "ws"), a.file("ca.pem"), "does not speak TLS", "by ws://"},
		"called without TLS":            {"ws" + strings.TrimPrefix(good, "wss"), "", "HTTP status 400", "by wss://"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args := []string{tc.url}
			if tc.ca != "" {
				args = append(args, "--ca", tc.ca)
			}
			code, _, stderr := command(t, "", append([]string{"call"}, append(args, "queue_list")...)...)
			if code != exitUnreachable || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, tc.says) || !strings.Contains(stderr, tc.hint) {
				t.Errorf("call: exit code %d, stderr %q, want 3 and one line with %q and %q", code, stderr, tc.says, tc.hint)
			}
			code, _, stderr = child(t, append([]string{"check"}, args...)...)
			if code != exitUnreachable || strings.Count(stderr, "\n") != 4 || !strings.Contains(stderr, tc.says) || !strings.Contains(stderr, tc.hint) {
				t.Errorf("check: exit code %d, stderr %q, want 3 and lines with %q and %q", code, stderr, tc.says, tc.hint)
			}
		})
	}
}

func TestFlagsOfTLSThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	a, b := newAuthority(t), newAuthority(t)
	cert, key := a.leaf("good", "127.0.0.1", time.Hour)
	_, foreign := b.leaf("foreign", "127.0.0.1", time.Hour)
	for name, tc := range map[string]struct {
		args []string
		says string
	}{
		"no key":                {[]string{"serve", "--tls-cert", cert}, "--tls-cert and --tls-key go together"},
		"no certificate":        {[]string{"serve", "--tls-key", key}, "--tls-cert and --tls-key go together"},
		"no such file":          {[]string{"serve", "--tls-cert", a.file("none.pem"), "--tls-key", key}, "none.pem: no such file"},
		"a key of another":      {[]string{"serve", "--tls-cert", cert, "--tls-key", foreign}, "private key does not match"},
		"a key for certificate": {[]string{"serve", "--tls-cert", key, "--tls-key", cert}, "are not a certificate and its key"},
		"an empty flag":         {[]string{"serve", "--tls-cert", "", "--tls-key", key}, "--tls-cert is empty"},
		"no connections":        {[]string{"serve", "--max-connections", "0"}, "--max-connections 0"},
		"no such authority":     {[]string{"check", "wss://127.0.0.1:1", "--ca", a.file("none.pem")}, "none.pem: no such file"},
		"a key as an authority": {[]string{"call", "wss://127.0.0.1:1", "queue_list", "--ca", key}, "holds no certificate"},
		"both":                  {[]string{"check", "wss://127.0.0.1:1", "--ca", cert, "--insecure"}, "give one of them"},
		"without TLS":           {[]string{"check", "ws://127.0.0.1:1", "--insecure"}, "does not begin with wss://"},
		"without a URL":         {[]string{"check", "--insecure"}, "none is given"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, _, stderr := child(t, tc.args...)
			if code != exitUsage || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, tc.says) {
				t.Errorf("exit code %d, stderr %q, want 2 and one line with %q", code, stderr, tc.says)
			}
		})
	}
}

func TestWhatARunLeftOverTLSIsCleanedUpOverTLS(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	url := a.serve(a.leaf("good", "127.0.0.1", time.Hour))
	trusted := []string{"--ca", a.file("ca.pem")}
	code, _, stderr := command(t, "", append([]string{
		"call", url, "queue_create", `{"queue_name": "zw-7f3a-1"}`, "--project", "zw-7f3a",
	}, trusted...)...)
	if code != exitOK {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	journal := a.file("journal-7f3a.jsonl")
	text := `{"zaqarwire_journal":1,"url":"` + url + `","seed":"7F3A","prefix":"zw-7f3a"}` + "\n" +
		`{"project":"zw-7f3a","queue":"zw-7f3a-1"}` + "\n"
	if err := os.WriteFile(journal, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := command(t, "", "clean", "-o", a.dir); code != exitUnreachable || !strings.Contains(stderr, "--ca FILE") {
		t.Errorf("without trust: exit code %d, stderr %q, want 3 and what to try", code, stderr)
	}
	code, stdout, stderr := command(t, "", append([]string{"clean", "-o", a.dir}, trusted...)...)
	if code != exitOK || !strings.Contains(stdout, "found 1, deleted 1, leaked 0") {
		t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
	}
}

func TestTheCommandThatRepeatsARunSaysWhomToTrust(t *testing.T) {
	t.Parallel()
	for want, trust := range map[string]trust{
		"zaqarwire check wss://127.0.0.1:9000 --ca 'the ca.pem'": {ca: "the ca.pem"},
		"zaqarwire check wss://127.0.0.1:9000 --insecure":        {insecure: true},
	} {
		c := check{trust: trust}
		c.o.Target.URL = "wss://127.0.0.1:9000"
		if got := c.again(); got != want {
			t.Errorf("again() = %s, want %s", got, want)
		}
	}
}

func TestHTTP2IsNeverChosen(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	url := a.serve(a.leaf("good", "127.0.0.1", time.Hour))
	for _, offer := range [][]string{nil, {"http/1.1"}, {"h2", "http/1.1"}} {
		dialer := &tls.Dialer{Config: &tls.Config{InsecureSkipVerify: true, NextProtos: offer}}
		conn, err := dialer.DialContext(t.Context(), "tcp", strings.TrimPrefix(url, "wss://"))
		if err != nil {
			t.Fatal(err)
		}
		secure, _ := conn.(*tls.Conn)
		if state := secure.ConnectionState(); state.NegotiatedProtocol == "h2" || state.Version < tls.VersionTLS12 {
			t.Errorf("offered %q, it chose %q and TLS %x", offer, state.NegotiatedProtocol, state.Version)
		}
		_ = conn.Close()
	}
	old := &tls.Dialer{Config: &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS11}}
	if conn, err := old.DialContext(t.Context(), "tcp", strings.TrimPrefix(url, "wss://")); err == nil {
		_ = conn.Close()
		t.Error("TLS 1.1 was accepted")
	}
}

func TestATargetThatPrefersHTTP2IsJudgedAllTheSame(t *testing.T) {
	t.Parallel()
	server, err := refserver.New(refserver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewUnstartedServer(server)
	h.EnableHTTP2 = true
	h.StartTLS()
	t.Cleanup(h.Close)
	code, stdout, stderr := child(t, "check", "wss"+strings.TrimPrefix(h.URL, "https"), "--insecure", "--fast",
		"--case", "FRM-1", "--case", "FRM-6", "--case", "FRM-7", "--case", "FRM-8", "--case", "FRM-9", "--case", "FRM-75")
	if code != exitOK {
		t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
	}
}

func TestAnOriginIsComparedOverTLSAsWithout(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	config, err := certificate(a.leaf("good", "127.0.0.1", time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	o := refserver.Options{Origins: []string{"https://*.example.org", "localhost:*"}}
	server, err := listenAndServe(t.Context(), endpoint{"127.0.0.1:0", config}, mutants.Mutant{}, o, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.shutdown(t.Context()) })
	transport, err := trust{insecure: true}.transport(server.url)
	if err != nil {
		t.Fatal(err)
	}
	for origin, status := range map[string]int{
		"":                                     101,
		"https" + server.url[len("wss"):]:      101, // its own
		"HTTPS://App.Example.ORG":              101,
		"https://app.example.org:443":          403, // a pattern without a port is one without
		"http://app.example.org":               403,
		"https://example.org":                  403,
		"https://app.example.org.evil.example": 403,
		"https://localhost:8443":               101,
		"http://localhost:1":                   101,
		"https://127.0.0.1:1":                  403,
		"null":                                 403,
	} {
		header := http.Header{}
		if origin != "" {
			header.Set("Origin", origin)
		}
		conn, resp, err := websocket.Dial(t.Context(), server.url, &websocket.DialOptions{
			HTTPClient: &http.Client{Transport: transport}, HTTPHeader: header,
		})
		if resp == nil {
			t.Fatalf("origin %q: %v", origin, err)
		}
		if resp.StatusCode != status {
			t.Errorf("origin %q: status %d, want %d", origin, resp.StatusCode, status)
		}
		if conn != nil {
			_ = conn.CloseNow()
		}
	}
}
