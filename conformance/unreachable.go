// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
)

// UnreachableError says that nothing at the URL speaks WebSocket: exit code 3.
type UnreachableError struct {
	URL string
	Err error
	// Hint says what to try.
	Hint string
}

func (e *UnreachableError) Error() string {
	return fmt.Sprintf("%s cannot be judged: %v", e.URL, e.Err)
}
func (e *UnreachableError) Unwrap() error { return e.Err }

// Unreachable says for people why no WebSocket was opened at a URL, in one line,
// and what to try. The response is nil if none came.
func Unreachable(url string, resp *http.Response, err error) *UnreachableError {
	e := &UnreachableError{URL: withoutPassword(url), Hint: "is the URL right, and the server running?"}
	plain := strings.HasPrefix(url, "ws://")
	switch trouble := tlsTrouble(err); {
	case resp != nil && resp.StatusCode != http.StatusSwitchingProtocols:
		e.Err = fmt.Errorf("it answers with HTTP status %d instead of opening a WebSocket", resp.StatusCode)
		e.Hint = "is this the path of the WebSocket, or that of the REST API?"
		if plain && resp.StatusCode == http.StatusBadRequest {
			e.Hint = "is it a server of TLS, to be called by wss://?"
		}
		if resp.StatusCode == http.StatusServiceUnavailable {
			e.Hint = "has it as many connections as it takes, or is it going down?"
		}
	case trouble.why != "":
		e.Err, e.Hint = errors.New(trouble.why), trouble.hint
	default:
		e.Err = whyNoHTTP(err)
		if plain && errors.Is(e.Err, errNoHTTP) {
			e.Hint = "is it a server of TLS, to be called by wss://?"
		}
	}
	return e
}

// noTLS says why TLS did not come about, and what to try.
type noTLS struct{ why, hint string }

// tlsTrouble finds out whether TLS is what failed: its why is empty if not.
func tlsTrouble(err error) noTLS {
	if err == nil {
		return noTLS{}
	}
	if unknown, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		why := "its certificate is of an authority that is not trusted"
		if c := unknown.Cert; c != nil && c.Subject.String() == c.Issuer.String() {
			why = "its certificate is signed by itself, and not trusted"
		}
		return noTLS{why, "--ca FILE names the authorities to trust, --insecure does without"}
	}
	if name, ok := errors.AsType[x509.HostnameError](err); ok {
		return noTLS{
			"its certificate is for another host: " + strings.TrimPrefix(name.Error(), "x509: "),
			"is the URL right? --insecure takes the certificate for what it is",
		}
	}
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok {
		hint := "the server needs another certificate; --insecure takes this one"
		if invalid.Reason == x509.Expired {
			hint = "is the clock of this machine right? --insecure takes it all the same"
		}
		return noTLS{"its certificate is not valid: " + strings.TrimPrefix(invalid.Error(), "x509: "), hint}
	}
	if certificate, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return noTLS{
			"its certificate is not accepted: " + strings.TrimPrefix(rootCause(certificate).Error(), "x509: "),
			"the server needs another certificate; --insecure takes this one",
		}
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok || errors.Is(err, http.ErrSchemeMismatch) {
		return noTLS{"it listens, but does not speak TLS", "is it a server without TLS, to be called by ws://?"}
	}
	if _, alert, ok := strings.Cut(err.Error(), "remote error: tls: "); ok {
		return noTLS{"it refuses TLS: " + alert, "does it ask for a certificate of ours, or for TLS before 1.2?"}
	}
	if _, what, ok := strings.Cut(err.Error(), ": tls: "); ok {
		return noTLS{"TLS fails: " + what, "TLS 1.2 or later is needed"}
	}
	return noTLS{}
}

var errNoHTTP = errors.New("it listens, but does not speak HTTP")

// whyNotOpen says for people what came instead of an open WebSocket.
func whyNotOpen(resp *http.Response, err error) string {
	switch {
	case resp == nil:
		return whyNoHTTP(err).Error()
	case resp.StatusCode == http.StatusSwitchingProtocols:
		return rootCause(err).Error()
	default:
		return fmt.Sprintf("HTTP status %d", resp.StatusCode)
	}
}

// whyNoHTTP says for people why an opening handshake was not answered in HTTP.
func whyNoHTTP(err error) error {
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return errors.New("nothing listens there (connection refused)")
	case errors.Is(err, context.DeadlineExceeded):
		return errors.New("no answer to the opening handshake in time")
	case strings.Contains(err.Error(), "malformed HTTP"), strings.Contains(err.Error(), "readLoopPeekFail"):
		return errNoHTTP
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return errors.New("it ends the connection during the opening handshake")
	}
	if trouble := tlsTrouble(err); trouble.why != "" {
		return errors.New(trouble.why)
	}
	return rootCause(err)
}

func rootCause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}
