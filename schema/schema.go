// SPDX-License-Identifier: Apache-2.0

// Package schema holds what a frame looks like, as data: actions, fields,
// types, units, limits, statuses and examples. The source is zaqar.v2/*.yaml;
// everything else here is generated from it.
package schema

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"sync"
)

//go:generate go run ../cmd/zwgen

// BaseURI is what the `$id` of every JSON Schema begins with; its file name follows.
const BaseURI = "https://zaqarwire.github.io/schema/zaqar.v2/"

//go:embed gen
var generated embed.FS

var decoded = sync.OnceValue(func() *Definition {
	data, err := generated.ReadFile("gen/model.json")
	if err != nil {
		panic(err) //nolint:forbidigo // it is compiled in
	}
	d := new(Definition)
	if err := json.Unmarshal(data, d); err != nil {
		panic(fmt.Errorf("decode gen/model.json: %w", err)) //nolint:forbidigo // zwgen encoded it from this type
	}
	return d
})

// Model returns the protocol's model, decoded once. The caller must not change it.
func Model() *Definition { return decoded() }

// JSONSchemas returns the JSON Schemas (draft 2020-12): request.json,
// reply.json, and <action>.request.json and <action>.reply.json for each action.
// They refer to each other by these names.
func JSONSchemas() fs.FS {
	sub, err := fs.Sub(generated, "gen/jsonschema")
	if err != nil {
		panic(err) //nolint:forbidigo // the name is constant and valid
	}
	return sub
}

// Generated returns all that is generated from the schema for programs to read, as
// it lies in gen/: model.json, asyncapi.yaml, jsonschema/ and more.
func Generated() fs.FS {
	sub, err := fs.Sub(generated, "gen")
	if err != nil {
		panic(err) //nolint:forbidigo // the name is constant and valid
	}
	return sub
}
