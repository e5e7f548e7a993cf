// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"fmt"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
)

// between puts a table between the marks of its name in a page.
func between(page, name, table string) (string, error) {
	begin, end := "<!-- generated: "+name+" -->\n", "<!-- end generated -->"
	before, rest, found := strings.Cut(page, begin)
	_, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		return "", fmt.Errorf("the page has no place for %s", name)
	}
	return before + begin + "\n" + table + "\n" + end + after, nil
}

// row writes one line of a table.
func row(to *strings.Builder, cells ...string) {
	to.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

func head(to *strings.Builder, columns ...string) {
	row(to, append([]string{"frame"}, columns...)...)
	to.WriteString("|---" + strings.Repeat("|---:", len(columns)) + "|\n")
}

// sizeTable says of each frame how many bytes it is, and how many deflated.
func sizeTable(all []sample) (string, error) {
	var t strings.Builder
	var names []string
	for _, e := range encodings() {
		names = append(names, e.name)
	}
	head(&t, names...)
	for _, s := range all {
		cells := []string{s.name}
		for _, e := range encodings() {
			c, err := e.of(s)
			if err != nil {
				return "", err
			}
			b, err := c.write()
			if err != nil {
				return "", fmt.Errorf("write a %s in %s: %w", s.name, e.name, err)
			}
			cells = append(cells, size(b))
		}
		row(&t, cells...)
	}
	cells, err := bodySizes(*bodies(all[0].text)[0], *bodies(all[0].packed)[0])
	row(&t, append(append([]string{"one body of those posts"}, cells...), "", "", "")...)
	return t.String(), err
}

func size(b []byte) string {
	var small bytes.Buffer
	w, _ := flate.NewWriter(&small, flate.DefaultCompression) // the level is one that there is
	_, _ = w.Write(b)                                         // a buffer takes everything
	_ = w.Close()
	return fmt.Sprintf("%d\u00a0/\u00a0%d", len(b), small.Len())
}

// bodySizes are those of one body as JSON, as MessagePack, and as the value of any
// kind that Protobuf has.
func bodySizes(text, packed Raw) ([]string, error) {
	var v structpb.Value
	if err := json.Unmarshal(text, &v); err != nil {
		return nil, fmt.Errorf("read a body: %w", err)
	}
	b, err := proto.MarshalOptions{Deterministic: true}.Marshal(&v)
	if err != nil {
		return nil, fmt.Errorf("write a body: %w", err)
	}
	return []string{size(text), size(packed), size(b)}, nil
}
