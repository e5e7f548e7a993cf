// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// checkURL refuses what cannot be the URL of a WebSocket.
func checkURL(raw string) error {
	u, err := url.Parse(raw)
	var why *url.Error
	switch {
	case !strings.Contains(raw, "://"):
		return usage("the URL %q does not begin with ws:// or wss://", raw)
	case errors.As(err, &why):
		return usage("the URL %q cannot be read: %w", raw, why.Err)
	case u.Scheme != "ws" && u.Scheme != "wss":
		return usage("the URL %q does not begin with ws:// or wss://", u.Redacted())
	case u.Host == "":
		return usage("the URL %q names no host", u.Redacted())
	case u.Fragment != "": // RFC 6455 §3
		return usage("the URL %q has a fragment (#), which that of a WebSocket must not have", u.Redacted())
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return usage("the URL %q has the port %s; ports are 1 to 65535", u.Redacted(), port)
		}
	}
	return nil
}

// shown is a URL that checkURL let through, without its password.
func shown(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return u.Redacted()
}

// hasPassword tells whether a URL that checkURL let through carries one.
func hasPassword(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	_, has := u.User.Password()
	return has
}

// isLocal tells whether a URL that checkURL let through leads to this machine.
func isLocal(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	if u.Hostname() == "localhost" {
		return true
	}
	ip := net.ParseIP(u.Hostname())
	return ip != nil && ip.IsLoopback()
}
