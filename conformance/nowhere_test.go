// SPDX-License-Identifier: Apache-2.0

package conformance

import "testing"

func TestASecretIsFoundWhereverItStands(t *testing.T) {
	t.Parallel()
	for want, value := range map[string]any{
		"body.error":  M{"body": M{"error": "no tok-1234 here"}},
		"body.a[]":    M{"body": M{"a": L{1, Bin("tok-1234")}}},
		"body.tok-12": M{"body": M{"tok-12": nil}},
		"":            M{"body": M{"a": Bin("tok"), "b": 12}},
	} {
		if got := whereIs(value, "tok-12", ""); got != want {
			t.Errorf("whereIs(%v) = %q, want %q", value, got, want)
		}
	}
}
