// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/zaqarwire/zaqarwire/schema"
)

// The suite obeys its own spec: a request of a case fits the published schema, or
// the server refuses it. So a case that is about a good request sends a good one,
// and one about a bad request is bad in a way that the schema knows.
func TestARequestFitsItsSchemaOrIsRefused(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes whole runs")
	}
	requests := requestSchemas(t)
	judged, bad := 0, 0
	for _, c := range keptRun(t).Cases {
		if c.Verdict != Pass && c.Verdict != NA {
			t.Errorf("%s [%s]: %s", c.Case, c.Format, c.Verdict)
		}
		for _, e := range exchanges(c.Transcript) {
			compiled := requests[e.action]
			if compiled == nil {
				continue
			}
			judged++
			err := compiled.Validate(forValidator(e.request))
			if err == nil {
				continue
			}
			bad++
			if e.status != 400 {
				t.Errorf("%s [%s]: status %d for %s, which is none of the schema: %v", c.Case, c.Format, e.status, printed(e.request), err)
			}
		}
	}
	if judged < 4000 || bad < 400 || bad > judged/2 {
		t.Errorf("%d requests, %d of them bad: the suite sends more than that, and most of it good", judged, bad)
	}
}

// keptRun is a run against the reference server, with all transcripts.
func keptRun(t *testing.T) Result {
	t.Helper()
	cases, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	got, err := executeCases(t.Context(), cases, Options{
		Target: reference(t), KeepTranscripts: true, Timeout: 20 * time.Second,
	}, silent{}, inOrder)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func requestSchemas(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.UseLoader(schemaFiles{schema.JSONSchemas()})
	all := map[string]*jsonschema.Schema{}
	for _, a := range schema.Model().Actions {
		compiled, err := c.Compile(schema.BaseURI + a.Name + ".request.json")
		if err != nil {
			t.Fatal(err)
		}
		all[a.Name] = compiled
	}
	return all
}

// exchange is a request that can be read, with the status of its reply.
type exchange struct {
	action  string
	request any
	status  int64
}

// exchanges pairs what went out on each connection with what came in: replies
// come in the order of the requests.
func exchanges(transcript []Line) []exchange {
	var done []exchange
	waiting := map[int][]exchange{}
	for _, l := range transcript {
		if l.Kind == 0 || l.Conn == 0 {
			continue
		}
		v, err := read(l.Kind.format(), l.Message())
		if l.Dir == Outgoing {
			action, _ := lookup(v, "action").(string)
			if err != nil || l.Redacted || l.Withheld != "" {
				action = ""
			}
			waiting[l.Conn] = append(waiting[l.Conn], exchange{action: action, request: v})
			continue
		}
		if lookup(v, "request") == absent && lookup(v, "Message_Type") != absent {
			continue // a notification
		}
		if queue := waiting[l.Conn]; len(queue) > 0 {
			e := queue[0]
			e.status, _ = lookup(v, "headers.status").(int64)
			waiting[l.Conn] = queue[1:]
			done = append(done, e)
		}
	}
	return done
}
