// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// ids are a Go constant per requirement, and the lock of all ids there ever were.
func ids(_ *schema.Definition, reg *register) (map[string][]byte, error) {
	lock, err := newLock(reg)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteString("package spec\n\n")
	for _, c := range reg.chapters {
		fmt.Fprintf(&b, "// The requirements of %s.md.\nconst (\n", c.Name)
		for _, q := range c.Requirements {
			if q.Level != spec.Retired {
				fmt.Fprintf(&b, "%s ID = %q // %s %s\n", constName(q.ID), q.ID, q.Level, q.Party)
			}
		}
		b.WriteString(")\n\n")
	}
	files, err := goFile("spec/ids_gen.go", b.String())
	if err != nil {
		return nil, err
	}
	files["spec/ids.lock"] = []byte(lock)
	return files, nil
}

// constName is an id as a Go name: CLM-3 is CLM3.
func constName(id spec.ID) string { return strings.ReplaceAll(string(id), "-", "") }

// newLock is the lock with new ids behind the old ones. An id that has gone, or
// changed its level or party, is an error: whoever cites it would be misled. A
// retired requirement keeps its line.
func newLock(reg *register) (string, error) {
	var errs []error
	locked := map[string]bool{}
	for line := range strings.Lines(reg.lock) {
		id, was, _ := strings.Cut(strings.TrimSpace(line), " ")
		locked[id] = true
		q, ok := reg.ids[id]
		switch now := binding(q); {
		case !ok:
			errs = append(errs, fmt.Errorf("ids.lock: %s has gone from the spec; write `### %s RETIRED`", id, id))
		case q.Level != spec.Retired && now != was:
			errs = append(errs, fmt.Errorf("ids.lock: %s was %s and is now %s; retire it and take a new id", id, was, now))
		}
	}
	var lock strings.Builder
	lock.WriteString(reg.lock)
	for _, c := range reg.chapters {
		for _, q := range c.Requirements {
			if locked[string(q.ID)] {
				continue
			}
			if q.Level == spec.Retired {
				errs = append(errs, fmt.Errorf("ids.lock: %s is retired but was never there", q.ID))
				continue
			}
			fmt.Fprintf(&lock, "%s %s\n", q.ID, binding(q))
		}
	}
	return lock.String(), errors.Join(errs...)
}

func binding(q spec.Requirement) string { return fmt.Sprintf("%s %s", q.Level, q.Party) }
