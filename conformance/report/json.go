// SPDX-License-Identifier: Apache-2.0

package report

import (
	_ "embed" // the schema
	"encoding/json"
	"errors"
	"fmt"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

// The format of result.json. Its version grows when a reader would have to change.
const (
	formatName    = "zaqarwire-result"
	formatVersion = 2
)

//go:embed result.schema.json
var resultSchema string

// Schema is the JSON Schema of result.json.
func Schema() []byte { return []byte(resultSchema) }

// file is result.json, as result.schema.json describes it.
type file struct {
	head
	conformance.Result

	Outcome  conformance.Outcome         `json:"outcome"`
	ExitCode int                         `json:"exit_code"`
	Counts   map[conformance.Verdict]int `json:"counts"`
	Musts    musts                       `json:"musts"`
}

// head says what the file is.
type head struct {
	Format        string `json:"format"`
	FormatVersion int    `json:"format_version"`
	Tool          string `json:"tool"`
}

// musts says how much of the specification the run judged.
type musts struct {
	Covered   int       `json:"covered"`
	All       int       `json:"all"`
	Broken    []spec.ID `json:"broken"`
	Uncovered []spec.ID `json:"uncovered"`
}

// JSON is the text of result.json, whose JSON Schema is result.schema.json. Version
// is the command's own.
func JSON(r conformance.Result, version string) ([]byte, error) {
	f := file{
		head: head{formatName, formatVersion, "zaqarwire " + version}, Result: r,
		Outcome: r.Outcome(), ExitCode: r.ExitCode(), Counts: map[conformance.Verdict]int{},
		Musts: musts{Broken: some(r.Broken(conformance.Fail)), Uncovered: some(conformance.Uncovered())},
	}
	f.Musts.Covered, f.Musts.All = r.Covered()
	for _, v := range []conformance.Verdict{
		conformance.Pass, conformance.Fail, conformance.Warn, conformance.NA, conformance.Untested,
	} {
		f.Counts[v] = r.Count(v)
	}
	text, err := json.MarshalIndent(f, "", " ")
	if err != nil {
		return nil, fmt.Errorf("encode result: %w", err)
	}
	return append(text, '\n'), nil
}

// ReadJSON reads a result.json back. It refuses another version of the format.
func ReadJSON(text []byte) (conformance.Result, error) {
	var f struct {
		head
		conformance.Result
	}
	if err := json.Unmarshal(text, &f); err != nil {
		return conformance.Result{}, fmt.Errorf("decode result: %w", err)
	}
	if f.Format != formatName {
		return conformance.Result{}, errors.New("this is no result.json of zaqarwire check")
	}
	if f.FormatVersion != formatVersion {
		return conformance.Result{}, fmt.Errorf(
			"the result has version %d of its format, and only version %d can be read", f.FormatVersion, formatVersion)
	}
	return f.Result, nil
}

// some is never nil, so that an empty list is written as one.
func some(ids []spec.ID) []spec.ID { return append([]spec.ID{}, ids...) }
