// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"strings"

	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var shareNamesTheResource = Mutant{
	Name: "share-names-the-resource", Breaks: spec.AUT65,
	Does: "queue_share says messages where it signs the path of them",
	API: bodies(statusOK, func(_ *wire.Request, body object) any {
		paths, _ := body["paths"].([]any)
		for i, path := range paths {
			text, _ := path.(string)
			paths[i] = text[strings.LastIndex(text, "/")+1:]
		}
		return body
	}, "queue_share"),
}
