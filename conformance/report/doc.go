// SPDX-License-Identifier: Apache-2.0

// Package report says what a run of the suite found: to people on a console and in
// summary.md, to programs in result.json, which result.schema.json describes, and to
// what shows tests in junit.xml.
package report
