// SPDX-License-Identifier: Apache-2.0

package vectors

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/schema"
)

// JSON is the file of a chapter: one step a line.
func (c Chapter) JSON() ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\"$schema\": \"vectors.schema.json\", \"format_version\": %d, \"chapter\": %q, \"prefix\": %q, \"cases\": [",
		FormatVersion, c.Name, Prefix)
	for i, made := range c.Cases {
		if i > 0 {
			b.WriteString(",")
		}
		head := object{"case": made.ID, "requirement": made.Requirement.ID, "level": made.Requirement.Level, "clean": made.Clean}
		if made.Needs != nil {
			head["needs"] = made.Needs
		}
		line, err := compact(head)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "\n%s, \"formats\": {", line[:len(line)-1])
		if err := writeSteps(&b, made); err != nil {
			return nil, err
		}
		b.WriteString("}}")
	}
	b.WriteString("\n]}\n")
	return b.Bytes(), nil
}

// ShapesJSON is the file of what every reply is held to.
func ShapesJSON(d *schema.Definition) ([]byte, error) {
	line, err := compact(object{"$schema": "vectors.schema.json", "format_version": FormatVersion, "shapes": Shapes(d)})
	return append(line, '\n'), err
}

func writeSteps(b *bytes.Buffer, c Case) error {
	first := true
	for _, f := range conformance.Formats() {
		steps := c.Steps[f.String()]
		if steps == nil {
			continue
		}
		if !first {
			b.WriteString(", ")
		}
		first = false
		fmt.Fprintf(b, "%q: [", f)
		for i, s := range steps {
			if i > 0 {
				b.WriteString(",")
			}
			line, err := compact(s)
			if err != nil {
				return err
			}
			b.WriteString("\n ")
			b.Write(line)
		}
		b.WriteString("]")
	}
	return nil
}

// compact is JSON on one line that leaves <, > and & as they are.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode a vector: %w", err)
	}
	return bytes.TrimSpace(b.Bytes()), nil
}
