// SPDX-License-Identifier: Apache-2.0

package conformance

import "strings"

// WantNowhere judges that a secret stands nowhere in the reply.
func (a *Answer) WantNowhere(secret string) *Answer {
	a.scene.check("WantNowhere", "reply", "without the secret that was sent")
	if path := whereIs(a.value, secret, ""); path != "" {
		a.fail(Failure{Symptom: BadValue, Path: path, Expected: "the secret nowhere in the reply", Actual: "the secret in " + path})
	}
	return a
}

// whereIs is the path to a string, to bytes, or to a key, that holds a text; empty if none does.
func whereIs(v any, text, path string) string {
	switch v := v.(type) {
	case string, Bin:
		if strings.Contains(textOf(v), text) {
			return path
		}
	case []any:
		for _, e := range v {
			if at := whereIs(e, text, path+"[]"); at != "" {
				return at
			}
		}
	case map[string]any:
		for _, k := range sortedKeys(v) {
			at := strings.TrimPrefix(path+"."+k, ".")
			if strings.Contains(k, text) {
				return at
			}
			if at := whereIs(v[k], text, at); at != "" {
				return at
			}
		}
	}
	return ""
}
