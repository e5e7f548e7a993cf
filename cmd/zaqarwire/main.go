// SPDX-License-Identifier: Apache-2.0

// Command zaqarwire judges endpoints that speak the WebSocket protocol of
// OpenStack Zaqar, and carries the rest of what people need around it: a
// reference server, a way to send one request, and the specification.
package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	slog.SetDefault(slog.New(slog.DiscardHandler)) // net/http says some things there that the user is told anyway
	ignoreFileSize()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
