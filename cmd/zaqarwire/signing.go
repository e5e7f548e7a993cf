// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"os"
)

// signingKey reads the key of signed access, the whole of a file less the end of its
// line; nil without a file.
func signingKey(file string) ([]byte, error) {
	if file == "" {
		return nil, nil
	}
	key, err := os.ReadFile(file)
	if err != nil {
		return nil, usage("cannot read the signing key: %w", plain(err))
	}
	if key = bytes.TrimRight(key, "\r\n"); len(key) == 0 {
		return nil, usage("%s holds no signing key: it is empty", file)
	}
	return key, nil
}
