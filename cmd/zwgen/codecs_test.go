// SPDX-License-Identifier: Apache-2.0

package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/schema/wire"
)

const null = "\xc0"

// Absent, null and empty are three things; see goType.
func TestCodecsTellAbsentFromNullAndEmpty(t *testing.T) {
	t.Parallel()
	claim := "c1"
	for name, tc := range map[string]struct {
		value msgp.Marshaler
		into  interface {
			msgp.Marshaler
			msgp.Unmarshaler
		}
		want string // MessagePack
	}{
		"a null body":              {&wire.NewMessage{Body: wire.Raw(null)}, new(wire.NewMessage), "\x81\xa4body" + null},
		"metadata that is absent":  {&wire.QueueCreate{QueueName: "q"}, new(wire.QueueCreate), "\x81\xaaqueue_name\xa1q"},
		"metadata that is null":    {&wire.QueueCreate{QueueName: "q", Metadata: wire.Raw(null)}, new(wire.QueueCreate), "\x82\xaaqueue_name\xa1q\xa8metadata" + null},
		"a claim id that is null":  {&wire.Message{Body: wire.Raw(null)}, new(wire.Message), "\x85\xa2id\xa0\xa8claim_id" + null + "\xa3ttl\x00\xa3age\x00\xa4body" + null},
		"a claim id that is there": {&wire.Message{ClaimID: &claim, Body: wire.Raw(null)}, new(wire.Message), "\x85\xa2id\xa0\xa8claim_id\xa2c1\xa3ttl\x00\xa3age\x00\xa4body" + null},
		"an error without detail":  {&wire.Fault{Error: &claim}, new(wire.Fault), "\x81\xa5error\xa2c1"},
		"a list without items":     {&wire.Posted{MessageIDs: []string{}}, new(wire.Posted), "\x81\xabmessage_ids\x90"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := tc.value.MarshalMsg(nil)
			if err != nil || string(got) != tc.want {
				t.Fatalf("MarshalMsg() = %q, %v, want %q", got, err, tc.want)
			}
			if _, err := tc.into.UnmarshalMsg(got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.value, tc.into); diff != "" && name != "a list without items" {
				t.Errorf("after a round trip (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnEmptyOptionalListIsNotAbsent(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		body   string
		absent bool
	}{
		"absent": {"\x81\xaaqueue_name\xa1q", true},
		"empty":  {"\x82\xaaqueue_name\xa1q\xaeresource_types\x90", false},
	} {
		var b wire.QueuePurge
		if _, err := b.UnmarshalMsg([]byte(tc.body)); err != nil {
			t.Fatal(err)
		}
		if got := b.ResourceTypes == nil; got != tc.absent {
			t.Errorf("%s: nil is %v, want %v", name, got, tc.absent)
		}
	}
}

func TestCodecsAllocateNoFalseLengths(t *testing.T) {
	t.Parallel()
	bomb := "\x81\xa8messages\xdd\xff\xff\xff\xff"
	var b wire.MessagePost
	if _, err := b.UnmarshalMsg([]byte(bomb)); err == nil || cap(b.Messages) > 0 {
		t.Errorf("a list of 2^32-1 messages: cap %d, %v; want a refusal", cap(b.Messages), err)
	}
}

// msgp sets no limits by itself.
func TestGeneratedCodecsAreLimited(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(filepath.Join(root, "schema/wire/*_gen.go"))
	if err != nil || len(paths) != 4 {
		t.Fatalf("files = %v, %v, want four", paths, err)
	}
	for _, path := range paths {
		text := string(read(t, path))
		if strings.Contains(text, "`msg:") && !strings.Contains(text, "//msgp:limit ") {
			t.Errorf("%s has structs but no //msgp:limit", path)
		}
	}
}
