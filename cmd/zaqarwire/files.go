// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// file is one that is yet to be written.
type file struct {
	name string
	data []byte
}

// writeFiles puts all files into dir, which it makes, or none: each is written whole
// beside its place first, and takes its place when all are. They do so in their
// order, so who finds the last one new finds all new. Folders that it made go again
// when it fails.
func writeFiles(dir string, files []file) (err error) {
	made, err := makeFolders(dir, files)
	defer func() {
		if err == nil {
			return
		}
		for _, folder := range slices.Backward(made) {
			_ = os.Remove(folder)
		}
	}()
	if err != nil {
		return err
	}
	staged := make([]string, 0, len(files))
	defer func() {
		for _, temp := range staged {
			_ = os.Remove(temp) // those that took their place are not there any more
		}
	}()
	for _, f := range files {
		temp, err := stage(filepath.Join(dir, f.name), f.data)
		if err != nil {
			return err
		}
		staged = append(staged, temp)
	}
	var undo []func()
	for i, f := range files {
		back, err := replace(filepath.Join(dir, f.name), staged[i])
		if err != nil {
			for _, back := range slices.Backward(undo) {
				back()
			}
			return err
		}
		undo = append(undo, back)
	}
	for _, temp := range staged {
		_ = os.Remove(temp + old)
	}
	return nil
}

// old marks a second name of a file that is replaced, until all are.
const old = ".old"

// stage writes beside path.
func stage(path string, data []byte) (temp string, err error) {
	f, err := beside(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if p, ok := errors.AsType[*os.PathError](err); ok {
		p.Path = path // the user knows nothing of the other
	}
	if err != nil {
		_ = os.Remove(f.Name()) // best effort: the first error is the one to tell
		return "", fmt.Errorf("write file: %w", err)
	}
	return f.Name(), nil
}

// replace lets a file take the place of another, which back restores.
func replace(path, temp string) (back func(), err error) {
	if err := noFolder(path); err != nil {
		return nil, err
	}
	kept := os.Link(path, temp+old) == nil // not there, or a file system without links: nothing to go back to
	if err := os.Rename(temp, path); err != nil {
		_ = os.Remove(temp + old)
		return nil, fmt.Errorf("write file: %w", err)
	}
	return func() {
		if kept {
			_ = os.Rename(temp+old, path)
		} else {
			_ = os.Remove(path)
		}
	}, nil
}

// noFolder refuses a path that no file can take.
func noFolder(path string) error {
	if info, err := os.Lstat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder", path)
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
	err := os.MkdirAll(dir, 0o755)
	if to, lerr := os.Readlink(dir); err != nil && lerr == nil {
		return fmt.Errorf("%s leads to %s, which is no folder", dir, to)
	}
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	return nil
}

// makeFolders makes dir and the folders of files, and returns those that were not
// there, the outer ones first.
func makeFolders(dir string, files []file) (made []string, err error) {
	folders := []string{dir}
	for _, f := range files {
		if folder := filepath.Dir(filepath.Join(dir, f.name)); !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	for _, folder := range folders {
		missing := len(made)
		for at := folder; ; at = filepath.Dir(at) {
			if _, err := os.Lstat(at); err == nil || at == filepath.Dir(at) {
				break
			}
			made = slices.Insert(made, missing, at)
		}
		if err := makeFolder(folder); err != nil {
			return made, err
		}
	}
	return made, nil
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
