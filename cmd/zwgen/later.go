package main

import "github.com/zaqarwire/zaqarwire/schema"

func jsonSchemas(d *schema.Definition, _ *register) (map[string][]byte, error) {
	return map[string][]byte{"schema/gen/jsonschema/request.json": []byte("{}\n")}, nil
}
func asyncAPI(d *schema.Definition, _ *register) (map[string][]byte, error)  { return nil, nil }
func reference(d *schema.Definition, _ *register) (map[string][]byte, error) { return nil, nil }
