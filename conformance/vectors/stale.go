// SPDX-License-Identifier: Apache-2.0

package vectors

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/schema"
)

// What the reference server makes up: ids, which are UUIDs of version 7, and addresses of
// connections. No case makes up such a string.
var id = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|connection:[A-Z2-7]{26}`)

// Stale lists the cases whose vectors in a folder are not those that one record of a
// sound reference server makes, and those that stand neither among the vectors nor
// among the others. It needs a third of the time of Make.
func Stale(dir fs.FS, sound conformance.Result) ([]string, error) {
	table, err := fs.ReadFile(dir, "LEFT.md")
	if err != nil {
		return nil, fmt.Errorf("read which cases are vectors: %w", err)
	}
	stored := map[string]json.RawMessage{}
	for _, c := range conformance.Cases() {
		if err := storedOf(dir, c.Requirement.Chapter, stored); err != nil {
			return nil, err
		}
	}
	var stale []string
	if got, err := ShapesJSON(schema.Model()); err != nil || !same(dir, "shapes.json", got) {
		stale = append(stale, "shapes.json")
	}
	recorded := byName(sound)
	for _, c := range conformance.Cases() {
		for _, f := range c.Rule.Formats {
			name := c.ID + " " + f.String()
			steps, is := stored[name]
			switch {
			case !is && f != conformance.Mixed && !strings.Contains(string(table), "- "+c.ID+" ("):
				stale = append(stale, name+" is new")
			case is && !leadsFrom(recorded[name], steps):
				stale = append(stale, name)
			}
			delete(stored, name)
		}
	}
	for name := range stored {
		if !strings.HasPrefix(name, "read ") {
			stale = append(stale, name+" is gone")
		}
	}
	return stale, nil
}

// storedOf adds the steps of a chapter's file, by case and format.
func storedOf(dir fs.FS, chapter string, stored map[string]json.RawMessage) error {
	if _, read := stored["read "+chapter]; read {
		return nil
	}
	stored["read "+chapter] = nil
	data, err := fs.ReadFile(dir, chapter+".json")
	if err != nil {
		return nil //nolint:nilerr // a chapter may have no vectors
	}
	var file struct {
		Cases []struct {
			Case    string                     `json:"case"`
			Formats map[string]json.RawMessage `json:"formats"`
		} `json:"cases"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return fmt.Errorf("read the vectors of %s: %w", chapter, err)
	}
	for _, c := range file.Cases {
		for format, steps := range c.Formats {
			stored[c.Case+" "+format] = steps
		}
	}
	return nil
}

// leadsFrom says whether a record leads to the steps that are stored.
func leadsFrom(r conformance.CaseResult, stored json.RawMessage) bool {
	steps, err := tell(r, id.MatchString)
	if err != nil {
		return false
	}
	now, err := compact(steps)
	if err != nil {
		return false
	}
	var then bytes.Buffer
	return json.Compact(&then, stored) == nil && bytes.Equal(now, then.Bytes())
}

func same(dir fs.FS, name string, want []byte) bool {
	got, err := fs.ReadFile(dir, name)
	return err == nil && bytes.Equal(got, want)
}
