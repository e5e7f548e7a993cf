// SPDX-License-Identifier: Apache-2.0

package report

import (
	"errors"
	"fmt"
	"io"

	"github.com/zaqarwire/zaqarwire/conformance"
)

// Trouble prints why nothing could be judged, in at most four lines, and
// returns the exit code that goes with it.
func Trouble(w io.Writer, err error) (exit int) {
	var unreachable *conformance.UnreachableError
	var usage *conformance.UsageError
	switch {
	case errors.As(err, &unreachable):
		_, _ = fmt.Fprintf(w, "UNREACHABLE  %s\n  %v\n  %s\nnothing was judged\n",
			unreachable.URL, printable(unreachable.Err.Error()), unreachable.Hint)
		return conformance.ExitUnreachable
	case errors.As(err, &usage):
		_, _ = fmt.Fprintf(w, "zaqarwire: %v\n", usage)
		return conformance.ExitUsage
	default:
		_, _ = fmt.Fprintf(w, "zaqarwire: %v\n", err)
		return conformance.ExitIncomplete
	}
}
