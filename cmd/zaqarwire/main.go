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
	context.AfterFunc(ctx, func() {
		again := make(chan os.Signal, 1) // Ginkgo listens, too, so that none ends the process by itself
		signal.Notify(again, os.Interrupt, syscall.SIGTERM)
		stop()
		if s, ok := (<-again).(syscall.Signal); ok { // the second one ends it at once
			os.Exit(128 + int(s))
		}
	})
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
