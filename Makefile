SHELL := bash
.SHELLFLAGS := -eo pipefail -c

FUZZTIME ?= 60s
BENCHTIME ?= 200ms
FAIR ?= 1000
GENERATED = schema spec README.md testdata/vectors testdata/typescript/examples.ts
LINT = go tool -modfile=$(CURDIR)/go.tool.mod golangci-lint
FUZZTARGETS = go test -list '^Fuzz' ./... | awk '/^Fuzz/ {name[++n] = $$1} /^ok/ {for (i = 1; i <= n; i++) print $$2, name[i]; n = 0}'

.PHONY: help all generate checkgenerate build test race lint fuzz conformance selftest hunt peer clients scribe browser golden bench trace fair goals example typescript vectors encodings recipes

help: ## say what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

all: generate build test lint ## what to run before a commit

generate: ## write everything that is made from the schema and the prose
	go generate ./...

checkgenerate: ## fail when `make generate` would change something
	@old=$$(mktemp -d); trap 'rm -rf "$$old"' EXIT; cp -R --parents $(GENERATED) "$$old"; go generate ./...; for d in $(GENERATED); do diff -r "$$old/$$d" "$$d"; done

build: ## compile everything
	go build ./...

test: ## run the tests; needs nothing but Go
	go test -timeout 30m ./...

race: ## run the tests with the race detector, but for those of several whole runs; needs a C compiler
	go test -race -short -timeout 40m ./...

lint: ## vet and lint; the first run builds the linter, about two minutes
	$(LINT) run ./...
	cd testdata/bench && $(LINT) run ./...
	cd testdata/encodings && $(LINT) run ./...
	cd testdata/recipes && $(LINT) run ./...

fuzz: ## run each fuzz target for FUZZTIME (60s; 10000x is a count)
	@$(FUZZTARGETS) | while read -r package target; do echo "$$package $$target"; go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$package" </dev/null; done

conformance: ## judge the reference server with every case in every format
	go run ./cmd/zaqarwire check

hunt: ## how often the suite finds a race of claims in 100 runs of at most 3 s; fails below 99
	testdata/hunt.sh

peer: ## judge real OpenStack Zaqars: each fails exactly what is known (Debian 12, as root)
	testdata/peers/check.sh

example: ## write the documentation with reports of three servers, after make peer: zaqarwire-report/site/index.html
	testdata/peers/example.sh

scribe: ## judge the Python server that was written from the docs alone (Debian 12)
	testdata/peers/scribe/run.sh

clients: ## run today's clients against the reference server (Debian 12, as root)
	testdata/peers/clients/run.sh

browser: ## open the pages that are written for people in Chromium, and judge them (Debian 12, as root)
	testdata/browser/run.sh

typescript: ## compile an example against the types for TypeScript and let it talk to the reference server (Node 20, npm)
	testdata/typescript/run.sh

vectors: ## judge servers by the vectors in Python: the verdicts are those of the suite, on the reference server and on 20 faulty ones (Debian 12)
	testdata/vectors/agree.sh

selftest: ## judge the suite, over half an hour: every faulty server is caught for the right reason, every lawful one passes
	go run ./cmd/zwselftest

trace: ## kill 20 runs at random points, clean up after them, print what was left
	mkdir -p zaqarwire-report/goals
	ZAQARWIRE_KILLS=20 go test -count=1 -timeout 10m -run TestAKilledRunLeavesNothingAfterClean -v ./cmd/zaqarwire | grep -E '^(ok|FAIL|---|    clean_test)' | tee /dev/stderr | sed -n 's/.*clean_test.go:[0-9]*: //p' >zaqarwire-report/goals/8.txt

fair: ## look for false alarms in FAIR (1000) runs of one chapter and more; needs a C compiler
	go run ./cmd/zwselftest -race -fair $(FAIR)

goals: ## write conformance/GOALS.md from what the other targets measured
	go run ./cmd/zwselftest -goals

golden: ## let python-msgpack write the golden frames again; read the diff
	/usr/bin/python3 testdata/frames/golden.py

bench: ## measure speed as ratios, against the targets we set
	cd testdata/bench && go run . -time $(BENCHTIME)

encodings: ## measure the protocol's messages in five encodings, and on the wire; write the tables into decisions 0024 and 0025
	cd testdata/encodings && go run . -write

recipes: ## lint the recipes and run what is in them, and each command of the README (Debian 12, as root)
	testdata/recipes/run.sh
