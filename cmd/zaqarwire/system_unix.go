// SPDX-License-Identifier: Apache-2.0

//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package main

import (
	"os"
	"os/signal"
	"syscall"
)

// lock takes a file for this process until it is closed or the process ends,
// however it does. False: another process has it.
func lock(f *os.File) bool {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}

// ignoreFileSize lets a write beyond the largest size of a file fail, which would
// end the process.
func ignoreFileSize() { signal.Ignore(syscall.SIGXFSZ) }
