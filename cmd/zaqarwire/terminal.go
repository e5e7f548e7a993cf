// SPDX-License-Identifier: Apache-2.0

package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// terminal is what can be shown on an output.
type terminal struct {
	bars, color bool
	width       int // in columns; 0 if unknown
}

// terminalOf looks at an output. Bars and colours are for terminals only, and for
// nobody who has set NO_COLOR (https://no-color.org).
func terminalOf(w io.Writer) terminal {
	if o, ok := w.(*output); ok {
		w = o.Writer
	}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return terminal{}
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		width = 0
	}
	if os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return terminal{width: width}
	}
	return terminal{bars: true, color: true, width: width}
}
