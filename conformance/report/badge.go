// SPDX-License-Identifier: Apache-2.0

package report

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/zaqarwire/zaqarwire/conformance"
)

// Badge is the text of badge.json, which an endpoint badge of shields.io shows:
// green only for a target that conforms.
func Badge(r conformance.Result, _ string) ([]byte, error) {
	message := strings.ToLower(string(r.Outcome()))
	color := map[conformance.Outcome]string{
		conformance.Conformant: "brightgreen", conformance.NotConformant: "red", conformance.NotAsKnown: "red",
		conformance.AsKnown: "yellow", conformance.Incomplete: "lightgrey", conformance.NoFailure: "blue",
	}[r.Outcome()]
	switch r.Outcome() {
	case conformance.NotConformant:
		message = fmt.Sprintf("%d MUST broken", len(r.Broken(conformance.Fail)))
		if r.Strict {
			message += fmt.Sprintf(", %d SHOULD", len(r.Broken(conformance.Warn)))
		}
	case conformance.NoFailure:
		message += " in " + plural(r.Judged(), "selected case")
	default:
	}
	text, err := json.Marshal(struct {
		SchemaVersion int    `json:"schemaVersion"`
		Label         string `json:"label"`
		Message       string `json:"message"`
		Color         string `json:"color"`
		IsError       bool   `json:"isError"`
	}{1, "zaqar-ws v2", message, color, r.ExitCode() != conformance.ExitConformant})
	if err != nil {
		return nil, fmt.Errorf("encode badge.json: %w", err)
	}
	return append(text, '\n'), nil
}
