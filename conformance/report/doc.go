// SPDX-License-Identifier: Apache-2.0

// Package report says what a run of the suite found: to people on a console, to
// programs as result.json, which result.schema.json describes.
package report
