// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	refserver "github.com/zaqarwire/zaqarwire/reference-server"
)

// shutdownTimeout is how long clients have to take what is in flight.
const shutdownTimeout = 10 * time.Second

// requestTimeout is how long an HTTP request may take to come, body and all, and
// how long the next may stay away. It ends with the opening handshake: a
// WebSocket may be idle for ever.
const requestTimeout = 5 * time.Second

func newServe(s streams) *cobra.Command {
	var (
		listen  string
		origins []string
		mutant  string
		limits  declared
		verbose bool
	)
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run the reference server",
		Long: `Run the reference server, with an empty store in memory and no authentication.

It prints its URL once it accepts connections. SIGINT and SIGTERM end it when the
requests in flight are answered; a second signal ends it at once.`,
		Args: takes(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			log := newLog(s.err, verbose)
			m, err := mutantNamed(mutant)
			if err != nil {
				return err
			}
			p, err := limits.read()
			if err != nil {
				return err
			}
			numbers, err := limitsOf(p.Limits)
			if err != nil {
				return err
			}
			server, err := listenAndServe(cmd.Context(), listen, m, refserver.Options{Origins: origins, Limits: numbers, Log: log}, log)
			if err != nil {
				return err
			}
			fmt.Fprintln(s.out, server.url)
			return server.wait(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:9000", "address and port to listen on; port 0 takes a free one")
	cmd.Flags().StringArrayVar(&origins, "origin", nil,
		`pattern of a foreign origin to let in, such as "https://*.example.org"; may be repeated`)
	cmd.Flags().StringVar(&limits.limits, "limits", "", "YAML or JSON file of limits, where they differ from the schema's")
	cmd.Flags().StringVar(&mutant, "mutant", "", "serve with a seeded fault; see zaqarwire mutants")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "log each connection and each request to standard error")
	return cmd
}

// running is a reference server that accepts connections.
type running struct {
	url    string
	server *refserver.Server
	http   *http.Server
	failed chan error // what ended it, if nobody asked it to end
}

// mutantNamed finds a faulty server by its name; without one, the server as it is.
func mutantNamed(name string) (mutants.Mutant, error) {
	if name == "" {
		return mutants.Mutant{}, nil
	}
	m, ok := mutants.Named(name)
	if !ok {
		return m, usage("there is no mutant %q; `zaqarwire mutants` lists them all", name)
	}
	return m, nil
}

// listenAndServe starts a server on address, with the fault of a mutant if it is
// one. It returns when clients can connect.
func listenAndServe(ctx context.Context, address string, m mutants.Mutant, o refserver.Options, log *slog.Logger) (*running, error) {
	handler, server, err := m.Handler(o)
	if err != nil {
		return nil, usage("%w", err)
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, usage("cannot listen on %q: %w", address, reason(err))
	}
	if a, ok := l.Addr().(*net.TCPAddr); ok && !a.IP.IsLoopback() {
		log.WarnContext(ctx, "whoever reaches this address can read and delete everything: there is no authentication", "listen", l.Addr())
	}
	r := &running{
		url:    "ws://" + l.Addr().String(),
		server: server,
		failed: make(chan error, 1),
		http: &http.Server{
			Handler:     handler,
			ReadTimeout: requestTimeout,
			ErrorLog:    slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		},
	}
	go func() {
		if err := r.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			r.failed <- err
		}
	}()
	return r, nil
}

// wait serves until ctx ends, and then ends gracefully.
func (r *running) wait(ctx context.Context) error {
	select {
	case err := <-r.failed:
		return &exit{code: exitUsage, cause: fmt.Errorf("accept connections: %w", err)}
	case <-ctx.Done():
		return r.shutdown(context.WithoutCancel(ctx))
	}
}

// shutdown ends the server when what is in flight is answered.
func (r *running) shutdown(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, shutdownTimeout)
	defer cancel()
	if err := errors.Join(r.http.Shutdown(ctx), r.server.Shutdown(ctx)); err != nil {
		return fmt.Errorf("shut down: %w", err)
	}
	return nil
}

// reason is why the network refused, without the addresses that the caller names.
func reason(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Err
	}
	return err
}
