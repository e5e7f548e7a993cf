// What Cap'n Proto needs of a module that the Go module proxy does not serve: a
// mutex that holds its value. Nothing else of that module is here.
module zenhack.net/go/util

go 1.26.0
