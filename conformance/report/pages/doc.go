// SPDX-License-Identifier: Apache-2.0

// Package pages shows runs in a browser: one run as index.html, several side by side
// as matrix.html. Each is one file that needs nothing from elsewhere and works from
// file://. What a run found can be read without a script and without colour; a script
// filters, folds and unpacks.
package pages
