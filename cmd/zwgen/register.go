// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/zaqarwire/zaqarwire/spec"
)

// register is what the chapters of the spec say, as they are on disk.
type register struct {
	chapters []spec.Chapter // in reading order
	lock     string         // the content of ids.lock
	ids      map[string]spec.Requirement
}

var firstID = regexp.MustCompile(`(?m)^### ([A-Z]{3})-`)

// readRegister parses every chapter in dir.
func readRegister(dir string) (*register, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil {
		return nil, fmt.Errorf("list the chapters: %w", err)
	}
	r := &register{ids: map[string]spec.Requirement{}}
	for _, path := range paths {
		if filepath.Base(path) == "facts.md" {
			continue // what the chapters cite, no chapter
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read a chapter: %w", err)
		}
		c := spec.Chapter{Name: filepath.Base(path[:len(path)-len(".md")])}
		if m := firstID.FindSubmatch(text); m != nil {
			c.Prefix = string(m[1])
		}
		if err := spec.Parse(&c, string(text)); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		r.chapters = append(r.chapters, c)
		for _, q := range c.Requirements {
			r.ids[string(q.ID)] = q
		}
	}
	if err := r.order(); err != nil {
		return nil, err
	}
	lock, err := os.ReadFile(filepath.Join(dir, "ids.lock"))
	if err != nil && !os.IsNotExist(err) {
		return nil, fmt.Errorf("read the lock of ids: %w", err)
	}
	r.lock = string(lock)
	return r, nil
}

// known tells whether a requirement exists and is in force.
func (r *register) known(id string) bool {
	q, ok := r.ids[id]
	return ok && q.Level != spec.Retired
}

// order sorts the chapters as package spec does, which must know each of them.
func (r *register) order() error {
	rank := map[string]int{}
	for i, c := range spec.Chapters() { // does not panic: the same texts were parsed above
		rank[c.Name] = i + 1
	}
	for _, c := range r.chapters {
		if rank[c.Name] == 0 {
			return fmt.Errorf("spec/%s.md is none of the chapters of package spec", c.Name)
		}
	}
	slices.SortFunc(r.chapters, func(a, b spec.Chapter) int { return rank[a.Name] - rank[b.Name] })
	return nil
}
