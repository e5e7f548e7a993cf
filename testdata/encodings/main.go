// SPDX-License-Identifier: Apache-2.0

// Command encodings says how large the protocol's messages are in five encodings,
// how long writing and reading them takes, in multiples of what encoding/json takes
// in the same run, and how many bytes they cost over a WebSocket and over HTTP. It
// prints these tables, and with -write puts them into the decisions that rest on them.
//
//	go run . [-time 50ms] [-rounds 5] [-write]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/zaqarwire/zaqarwire/testdata/bench/timing"
)

// The pages that hold the tables.
const (
	aboutTransports = "../../spec/decisions/0024-transport.md"
	aboutEncodings  = "../../spec/decisions/0025-encodings.md"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "encodings:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	flags := flag.NewFlagSet("encodings", flag.ContinueOnError)
	each := flags.Duration("time", 50*time.Millisecond, "how long one round of one side takes")
	rounds := flags.Int("rounds", 5, "how many rounds; the median counts")
	write := flags.Bool("write", false, "put the tables into the decisions")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("read flags: %w", err)
	}

	all, err := samples()
	if err != nil {
		return err
	}
	sizes, err := sizeTable(all)
	if err != nil {
		return err
	}
	speeds, err := speedTable(all, *each, *rounds)
	if err != nil {
		return err
	}
	speeds = fmt.Sprintf("Measured with %s: medians of %d rounds of %v.\n\n%s", timing.Machine(), *rounds, *each, speeds)
	transports, err := transportTable(context.Background(), all)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stdout, "%s\n%s\n%s", sizes, speeds, transports)
	if !*write {
		return nil
	}
	return errors.Join(
		rewrite(aboutEncodings, "sizes", sizes), rewrite(aboutEncodings, "speeds", speeds),
		rewrite(aboutTransports, "transports", transports),
	)
}

// rewrite puts a table into a decision.
func rewrite(decision, name, table string) error {
	text, err := os.ReadFile(decision)
	if err != nil {
		return fmt.Errorf("read a decision: %w", err)
	}
	page, err := between(string(text), name, table)
	if err != nil {
		return err
	}
	if err := os.WriteFile(decision, []byte(page), 0o600); err != nil { //nolint:gosec // it is one of the two above
		return fmt.Errorf("write a decision: %w", err)
	}
	return nil
}
