// The protocol's messages in five encodings, in a module of their own: no embedder
// of the suite inherits the libraries.
module github.com/zaqarwire/zaqarwire/testdata/encodings

go 1.26.0

replace (
	github.com/zaqarwire/zaqarwire => ../..
	github.com/zaqarwire/zaqarwire/testdata/bench => ../bench
	zenhack.net/go/util => ./zenhack // see its go.mod
)

require (
	capnproto.org/go/capnp/v3 v3.0.0-alpha.30
	github.com/coder/websocket v1.8.15
	github.com/google/go-cmp v0.7.0
	github.com/hamba/avro/v2 v2.31.0
	github.com/tinylib/msgp v1.6.5
	github.com/zaqarwire/zaqarwire v0.0.0
	github.com/zaqarwire/zaqarwire/testdata/bench v0.0.0
	google.golang.org/protobuf v1.36.12
)

require (
	github.com/evanphx/json-patch/v5 v5.9.11 // indirect
	github.com/go-viper/mapstructure/v2 v2.4.0 // indirect
	github.com/json-iterator/go v1.1.12 // indirect
	github.com/modern-go/concurrent v0.0.0-20180306012644-bacd9c7ef1dd // indirect
	github.com/modern-go/reflect2 v1.0.2 // indirect
	github.com/philhofer/fwd v1.2.0 // indirect
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
	golang.org/x/tools v0.52.0 // indirect
	zenhack.net/go/util v0.0.0-20230414204917-531d38494cf5 // indirect
)

tool (
	capnproto.org/go/capnp/v3/capnpc-go
	github.com/tinylib/msgp
	google.golang.org/protobuf/cmd/protoc-gen-go
)
