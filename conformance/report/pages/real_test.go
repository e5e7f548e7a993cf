// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	"github.com/zaqarwire/zaqarwire/conformance/report"
	refserver "github.com/zaqarwire/zaqarwire/reference-server"
)

// asJudge makes this test's program judge a mutant, whose name it holds, and print
// the result: a process judges only once.
const asJudge = "PAGES_TEST_MUTANT"

func TestMain(m *testing.M) {
	if name, ok := os.LookupEnv(asJudge); ok {
		if err := judge(name); err != nil {
			panic(err)
		}
		return
	}
	m.Run()
}

func judge(name string) error {
	m, _ := mutants.Named(name) // the sound server for an empty name
	var moved atomic.Int64
	handler, _, err := m.Handler(refserver.Options{
		Now: func() time.Time { return time.Now().Add(time.Duration(moved.Load())) }, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	front := httptest.NewServer(handler)
	defer front.Close()
	r, err := conformance.Run(context.Background(), conformance.Options{
		Target: conformance.Target{
			URL: "ws" + strings.TrimPrefix(front.URL, "http"), Advance: func(d time.Duration) { moved.Add(int64(d)) },
		},
		Cases: os.Args[1:], Seed: "7F3A",
	}, quiet{})
	if err != nil {
		return err
	}
	text, err := report.JSON(r, "0.1.0")
	if err == nil {
		_, err = os.Stdout.Write(text)
	}
	return err
}

// quiet is a reporter that says nothing.
type quiet struct{}

func (quiet) Began(conformance.Plan)        {}
func (quiet) Judged(conformance.CaseResult) {}
func (quiet) Ended(conformance.Result)      {}

// The chapters that the tests judge: 400 cases and more, so that the sizes measured
// are those of a real report.
var chapters = []string{"queues", "claims", "messages", "pools", "health", "FRM-58"}

// judgedOnce keeps the result of each mutant.
var judgedOnce sync.Map

// realResult is the result of a mutant, or of the sound server for an empty name.
func realResult(t *testing.T, name string) conformance.Result {
	t.Helper()
	once, _ := judgedOnce.LoadOrStore(name, sync.OnceValues(func() (r conformance.Result, err error) {
		cmd := exec.CommandContext(context.Background(), os.Args[0], chapters...)
		cmd.Env = append(os.Environ(), asJudge+"="+name)
		text, err := cmd.Output()
		if err == nil {
			return report.ReadJSON(text)
		}
		return r, err
	}))
	r, err := once.(func() (conformance.Result, error))()
	if err != nil {
		t.Fatalf("judge %q: %v", name, err)
	}
	return r
}
