// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// file is one that is yet to be written.
type file struct {
	name string
	data []byte
}

// writeFiles puts all files into dir, which it makes. A file is there whole or
// not at all.
func writeFiles(dir string, files []file) error {
	if err := makeFolder(dir); err != nil {
		return err
	}
	for _, f := range files {
		if err := makeFolder(filepath.Dir(filepath.Join(dir, f.name))); err != nil {
			return err
		}
		if err := writeWhole(filepath.Join(dir, f.name), f.data); err != nil {
			return err
		}
	}
	return nil
}

// probe finds out whether files can be written into dir, which it makes.
func probe(dir string) error {
	if err := makeFolder(dir); err != nil {
		return err
	}
	f, err := beside(dir)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
		return fmt.Errorf("remove probe: %w", err)
	}
	return nil
}

func makeFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	return nil
}

// beside opens a file that takes the place of another when it is whole. An error
// names the folder.
func beside(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, ".zaqarwire-*")
	if p, ok := errors.AsType[*os.PathError](err); ok {
		p.Path = dir
	}
	if err != nil {
		return nil, fmt.Errorf("create file: %w", err)
	}
	return f, nil
}

// writeWhole writes beside path and renames, so that path never holds half.
func writeWhole(path string, data []byte) error {
	f, err := beside(filepath.Dir(path))
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // best effort: the first error is the one to tell
		return fmt.Errorf("write file: %w", err)
	}
	return nil
}

// plain tells why a file could not be read or written, without the name of the
// system call.
func plain(err error) error {
	if p, ok := errors.AsType[*os.PathError](err); ok {
		return fmt.Errorf("%s: %w", p.Path, p.Err)
	}
	if l, ok := errors.AsType[*os.LinkError](err); ok {
		return fmt.Errorf("%s: %w", l.New, l.Err)
	}
	return err
}
