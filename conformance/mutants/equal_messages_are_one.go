// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/spec"
)

var equalMessagesAreOne = Mutant{
	Name: "equal-messages-are-one", Breaks: spec.MSG1,
	Does:  "message_post stores a text that stands in a post twice only once, under one id",
	Store: func(next store.Data) store.Data { return merging{next} },
}

type merging struct{ store.Data }

func (s merging) PostMessages(ctx context.Context, q store.Queue, p store.Post) ([]store.Posted, error) {
	all := make([]store.Posted, 0, len(p.Messages))
	known := map[string]store.Posted{} // by body
	for i, m := range p.Messages {
		same, is := known[string(m.Body)]
		if !is || msgp.NextType(m.Body) != msgp.StrType {
			one := p
			one.Messages = p.Messages[i : i+1]
			posted, err := s.Data.PostMessages(ctx, q, one)
			if err != nil {
				return nil, err
			}
			same = posted[0]
			known[string(m.Body)] = same
		}
		all = append(all, same)
	}
	return all, nil
}
