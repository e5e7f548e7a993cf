// Benchmarks, in a module of their own: what we are compared with is not for
// embedders of the suite to inherit.
module github.com/zaqarwire/zaqarwire/testdata/bench

go 1.26.0

replace github.com/zaqarwire/zaqarwire => ../..

require (
	github.com/coder/websocket v1.8.15
	github.com/vmihailenco/msgpack/v5 v5.4.1
	github.com/zaqarwire/zaqarwire v0.0.0
	golang.org/x/sync v0.24.0
)

require (
	github.com/evanphx/json-patch/v5 v5.9.11 // indirect
	github.com/philhofer/fwd v1.2.0 // indirect
	github.com/tinylib/msgp v1.6.5 // indirect
	github.com/vmihailenco/tagparser/v2 v2.0.0 // indirect
)
