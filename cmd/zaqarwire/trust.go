// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// trust says which certificates a user takes from a wss:// target.
type trust struct {
	ca       string
	insecure bool
}

// trustFlags adds the flags that fill t to a command.
func trustFlags(cmd *cobra.Command, t *trust) {
	cmd.Flags().StringVar(&t.ca, "ca", "", "PEM file of the authorities to trust with wss://, in place of the system's")
	cmd.Flags().BoolVar(&t.insecure, "insecure", false, "take whatever certificate a wss:// target shows, whoever it is")
}

// words are the flags as they are written in a command.
func (t trust) words() []string {
	var words []string
	if t.ca != "" {
		words = append(words, "--ca", quoted(t.ca))
	}
	if t.insecure {
		words = append(words, "--insecure")
	}
	return words
}

// check refuses what makes no sense for a URL, or without one.
func (t trust) check(url string) error {
	switch {
	case t.ca == "" && !t.insecure:
		return nil
	case t.ca != "" && t.insecure:
		return usage("--ca says whom to trust, and --insecure to trust anyone: give one of them")
	case url == "":
		return usage("--ca and --insecure are about a target with a wss:// URL, and none is given")
	case !strings.HasPrefix(url, "wss://"):
		return usage("--ca and --insecure are about TLS, and the URL %q does not begin with wss://", shown(url))
	}
	return nil
}

// transport opens connections to a URL that are trusted as the user says; nil where
// that is as usual.
func (t trust) transport(url string) (http.RoundTripper, error) {
	if err := t.check(url); err != nil {
		return nil, err
	}
	usual, ok := http.DefaultTransport.(*http.Transport)
	if t.ca == "" && !t.insecure || !ok {
		return nil, nil // what a Target takes for the usual one
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: t.insecure} //nolint:gosec // the user asks for it
	if t.ca != "" {
		pem, err := os.ReadFile(t.ca)
		if err != nil {
			return nil, usage("cannot read the authorities: %w", plain(err))
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, usage("%s holds no certificate in PEM", t.ca)
		}
	}
	mine := usual.Clone()
	mine.TLSClientConfig = config
	return mine, nil
}

// certificate reads what a server of TLS shows, and the key to it; nil without
// files.
func certificate(cert, key string) (*tls.Config, error) {
	switch {
	case cert == "" && key == "":
		return nil, nil //nolint:nilnil // no configuration is what a server without TLS has
	case cert == "" || key == "":
		return nil, usage("--tls-cert and --tls-key go together: one of them is not given")
	}
	pair, err := tls.LoadX509KeyPair(cert, key)
	if missing, ok := errors.AsType[*os.PathError](err); ok {
		return nil, usage("cannot read %w", plain(missing))
	}
	if err != nil {
		return nil, usage("%s and %s are not a certificate and its key, in PEM: %s", cert, key, strings.TrimPrefix(err.Error(), "tls: "))
	}
	return &tls.Config{
		Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12,
		NextProtos: []string{"http/1.1"}, // a WebSocket of RFC 6455 opens in no other
	}, nil
}
