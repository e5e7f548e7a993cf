// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Answer is one reply, already held to the rules that all replies share. Its
// Want methods judge it; the first that does not hold ends the case.
type Answer struct {
	scene *scene
	kind  Kind
	value any     // as the strict reader read it
	err   error   // why it could not
	end   *ending // the connection's end, instead of a reply
	data  []byte  // as it came
	echo  M       // what its request has to be; nil if that is not known
	line  int     // of the transcript
}

// WantStatus judges headers.status: one of those that the sentence permits.
func (a *Answer) WantStatus(permitted ...int) *Answer {
	a.ask("WantStatus", Question{What: OfStatus, Path: "headers.status", Want: permitted}, orList(permitted))
	if status := a.status(); !oneOf(status, permitted) {
		actual := strconv.Itoa(status)
		if why := a.errorText(); why != "" {
			actual += "  (" + why + ")"
		}
		a.fail(Failure{
			Symptom: BadStatus + Symptom(strconv.Itoa(status)), Path: "headers.status",
			Expected: "headers.status = " + orList(permitted), Actual: "headers.status = " + actual,
		})
	}
	return a
}

// WantError judges that the request was refused: one of the statuses (400 if
// none is listed) and, as every reply of 400 or more, a map body with an error
// text. The wording is nobody's business.
func (a *Answer) WantError(permitted ...int) *Answer {
	if len(permitted) == 0 {
		permitted = []int{400}
	}
	return a.WantStatus(permitted...) // the body was judged with the reply
}

// Want judges the value at path: equal to a value, or as a matcher of this
// package or of gomega says. A path that leads nowhere fails, but see WantAbsent.
func (a *Answer) Want(path string, want any) *Answer {
	if f, place := a.scene.want(Question{What: OfValue, Of: a.line, Path: path, Want: want}, a.at(path)); f != nil {
		f.Mark = a.mark(place)
		a.scene.fail(*f)
	}
	return a
}

// WantAbsent judges that path leads nowhere. Null is not absent.
func (a *Answer) WantAbsent(path string) *Answer {
	a.ask("WantAbsent", Question{What: OfAbsent, Path: path}, "absent")
	if got := a.at(path); got != absent {
		a.fail(Failure{Symptom: BadShape, Path: path, Expected: path + " absent", Actual: path + " = " + printed(got)})
	}
	return a
}

// Status is headers.status.
func (a *Answer) Status() int {
	a.read(Question{What: Freely, Path: "headers.status"})
	return a.status()
}

func (a *Answer) status() int {
	status, _ := a.at("headers.status").(int64)
	return int(status)
}

// Size is how many bytes long the reply's message was.
func (a *Answer) Size() int {
	a.read(Question{What: Freely})
	return len(a.data)
}

// Has says whether path leads somewhere. It is for finding a way through what a
// sentence leaves open; what it demands is judged by Want.
func (a *Answer) Has(path string) bool {
	a.read(Question{What: Freely, Path: path})
	return a.at(path) != absent
}

// Get is the value at path; the case fails if there is none.
func (a *Answer) Get(path string) any {
	a.read(Question{What: OfValue, Path: path, Want: has("value")})
	return a.get(path)
}

func (a *Answer) get(path string) any {
	v := a.at(path)
	if v == absent {
		a.fail(Failure{Symptom: BadShape, Path: path, Expected: path + " present", Actual: path + " absent"})
	}
	return v
}

// Text is the string at path; the case fails if it is none.
func (a *Answer) Text(path string) string {
	a.read(Question{What: OfValue, Path: path, Want: has("string")})
	return get[string](a, path, "a string")
}

// Int is the integer at path; the case fails if it is none.
func (a *Answer) Int(path string) int64 {
	a.read(Question{What: Freely, Path: path})
	return get[int64](a, path, "an integer")
}

// Strings is the list of strings at path, for example "body.message_ids" or
// "body.messages[*].id"; the case fails if it is none.
func (a *Answer) Strings(path string) []string {
	a.read(Question{What: OfValue, Path: path, Want: Each(has("string"))})
	return getAll[string](a, path, "a list of strings")
}

// Maps is the list of maps at path; the case fails if it is none.
func (a *Answer) Maps(path string) []M {
	a.read(Question{What: OfValue, Path: path, Want: Each(has("map"))})
	return getAll[M](a, path, "a list of maps")
}

// Messages is body.messages as a list of maps.
func (a *Answer) Messages() []M { return a.Maps("body.messages") }

// IDs is the id of each message in body.messages.
func (a *Answer) IDs() []string { return a.Strings("body.messages[*].id") }

func get[T any](a *Answer, path, kind string) T {
	v, ok := a.get(path).(T)
	if !ok {
		a.mistyped(path, kind)
	}
	return v
}

func getAll[T any](a *Answer, path, kind string) []T {
	list := get[L](a, path, kind)
	out := make([]T, 0, len(list))
	for _, e := range list {
		v, ok := e.(T)
		if !ok {
			a.mistyped(path, kind)
		}
		out = append(out, v)
	}
	return out
}

func (a *Answer) mistyped(path, kind string) {
	a.fail(Failure{
		Symptom: BadShape, Path: path,
		Expected: path + " is " + kind, Actual: path + " = " + printed(a.at(path)),
	})
}

// fail ends the case: the reply broke a rule.
func (a *Answer) fail(f Failure) {
	f.Mark = a.mark(f.Path)
	a.scene.fail(f)
}

func (a *Answer) at(path string) any { return lookup(a.value, path) }

// errorText is what the reply says went wrong, for people.
func (a *Answer) errorText() string {
	for _, key := range []string{"body.error", "body.exception"} {
		if s, ok := a.at(key).(string); ok {
			return printed(s)
		}
	}
	return ""
}

// lookup follows a path such as body.messages[0].id. [*] stands for every item:
// the result is the list of what the rest of the path leads to in each.
func lookup(v any, path string) any {
	for path != "" {
		var key string
		key, path = cutPath(path)
		switch inside := v.(type) {
		case map[string]any:
			v = at(inside, key)
		case []any:
			if key == "[*]" {
				return lookupEach(inside, path)
			}
			v = item(inside, key)
		default:
			return absent
		}
	}
	return v
}

// cutPath takes the first step off a path: a key, or an index in brackets.
func cutPath(path string) (step, rest string) {
	if end := strings.IndexByte(path, ']'); path[0] == '[' && end > 0 {
		return path[:end+1], strings.TrimPrefix(path[end+1:], ".")
	}
	if end := strings.IndexAny(path, ".["); end > 0 {
		return path[:end], strings.TrimPrefix(path[end:], ".")
	}
	return path, ""
}

// item is what stands at an index such as [0].
func item(list L, index string) any {
	i, err := strconv.Atoi(strings.Trim(index, "[]"))
	if err != nil || i < 0 || i >= len(list) {
		return absent
	}
	return list[i]
}

func lookupEach(list L, path string) any {
	out := make(L, 0, len(list))
	for _, e := range list {
		v := lookup(e, path)
		if v == absent {
			return absent
		}
		out = append(out, v)
	}
	return out
}

func oneOf(got int, permitted []int) bool { return slices.Contains(permitted, got) }

// orList prints permitted outcomes: "200", "200 or 404", "200, 204 or 404".
func orList(values []int) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = strconv.Itoa(v)
	}
	return or(words)
}

func or(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return fmt.Sprintf("%s or %s", strings.Join(words[:last], ", "), words[last])
}
