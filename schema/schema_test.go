// SPDX-License-Identifier: Apache-2.0

package schema_test

import (
	"encoding/json"
	"io/fs"
	"testing"

	"github.com/zaqarwire/zaqarwire/schema"
)

func TestEveryActionHasItsSchemas(t *testing.T) {
	t.Parallel()
	d := schema.Model()
	if got, want := len(d.Actions), 36; got < want {
		t.Fatalf("%d actions, want %d and more", got, want)
	}
	names := []string{"request.json", "reply.json"}
	for _, a := range d.Actions {
		names = append(names, a.Name+".request.json", a.Name+".reply.json")
	}
	for _, name := range names {
		data, err := fs.ReadFile(schema.JSONSchemas(), name)
		if err != nil {
			t.Fatal(err)
		}
		var s struct {
			ID string `json:"$id"`
		}
		if err := json.Unmarshal(data, &s); err != nil || s.ID != schema.BaseURI+name {
			t.Errorf("$id of %s is %q, %v", name, s.ID, err)
		}
	}
}

func TestNamesAreFound(t *testing.T) {
	t.Parallel()
	d := schema.Model()
	post := d.Action("message_post")
	if post == nil || d.Action("message_send") != nil {
		t.Fatal("Action: want message_post and no message_send")
	}
	if l := d.Limit("max_message_ttl"); l == nil || l.Default != 1209600 || d.Limit("max") != nil {
		t.Errorf("Limit(max_message_ttl) = %+v", l)
	}
	if f := d.Fields(*post.Request[1].Shape.Items); len(f) != 3 || f[0].Name != "ttl" {
		t.Errorf("Fields of a new message = %+v, want ttl, delay and body", f)
	}
	if d.Fields(schema.Shape{Kind: schema.Int}) != nil || d.Type("Lost") != nil {
		t.Error("Fields, Type: want nothing of what is not there")
	}
}

func TestEachCallReturnsTheSameModel(t *testing.T) {
	t.Parallel()
	if first, again := schema.Model(), schema.Model(); first != again {
		t.Error("Model() decodes twice")
	}
}
