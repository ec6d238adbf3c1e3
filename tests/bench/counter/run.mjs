// How fast the counter and the detectors are in V8 on text that they have not met: each slice is looked at once, in
// an instance that has only met other text. Rates are the median and the best of batches of slices.
//
//     node tests/bench/counter/run.mjs COUNTER.wasm [TEXTFILE ...]

import { readFileSync } from "node:fs";
import { dice, texts } from "./texts.mjs";

const [path, ...own] = process.argv.slice(2);
const LENGTH = 1 << 20;
const SLICE = 1 << 10;
const LONG_SLICE = 100 << 10;
const BATCH = 64;
const WORKS = ["o200k_base", "cl100k_base", "all kinds", "default kinds", "no kinds", "prompt attacks"];
const module = new WebAssembly.Module(readFileSync(path));
const below = dice(1);
const made = texts(LENGTH, below);
for (const name of own) made[name] = readFileSync(name, "utf8");

/** An instance of its own; nothing of Envoy is called but for random numbers. */
function instance() {
  const imports = { env: {}, wasi_snapshot_preview1: {} };
  for (const { module: from, name } of WebAssembly.Module.imports(module)) imports[from][name] = () => 0;
  const { exports } = new WebAssembly.Instance(module, imports);
  exports._initialize?.();
  return exports;
}

/** Hands a text over; its bytes. */
function give(wasm, text, seed) {
  const bytes = new TextEncoder().encode(text ?? "");
  const length = text === null ? LENGTH : bytes.length;
  const at = text === null ? wasm.prose(length, BigInt(seed)) : wasm.blank(length);
  if (text !== null) new Uint8Array(wasm.memory.buffer, at, length).set(bytes);
  return new Uint8Array(wasm.memory.buffer, at, length).slice();
}

/** Slices of about so many bytes, cut between characters. */
function slices(bytes, size) {
  const cuts = [];
  for (let at = 0; at < bytes.length; ) {
    let end = Math.min(bytes.length, at + size);
    while (end < bytes.length && (bytes[end] & 0xc0) === 0x80) end += 1;
    cuts.push([at, end]);
    at = end;
  }
  return cuts;
}

/** Milliseconds of one look at each slice of a batch, as MB/s: [median, best]. */
function rates(wasm, work, cuts, batch) {
  const found = [];
  for (let nth = 0; nth < cuts.length; nth += batch) {
    const part = cuts.slice(nth, nth + batch);
    const began = performance.now();
    for (const [from, to] of part) wasm.run(work, from, to);
    found.push((part.at(-1)[1] - part[0][0]) / 1e3 / (performance.now() - began));
  }
  found.sort((a, b) => a - b);
  return [found[found.length >> 1], found.at(-1)].map((rate) => rate.toFixed(0));
}

/** Has V8 compile what is measured, on other text of every kind. */
function warm(wasm, work) {
  const other = "Other words: größer, 中文字符，日本語のテキスト。\n\t1234 x = y[0] + 5; // ok\n";
  for (const text of [other.repeat(300), "zq".repeat(3000), "\t".repeat(3000), "\0 ".repeat(2000)]) {
    const cuts = slices(give(wasm, text), SLICE);
    for (const until = performance.now() + 80; performance.now() < until; ) rates(wasm, work, cuts, BATCH);
  }
}

const first = instance();
const before = first.memory.buffer.byteLength;
const FIRST = 10_000;
const sample = new TextDecoder().decode(give(instance(), null, 3).slice(0, FIRST));
give(first, sample);
const began = performance.now();
for (const work of [0, 1]) first.run(work, 0, FIRST);
console.log(`first use, both encodings, 10 KB each: ${(performance.now() - began).toFixed(2)} ms`);
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
console.log(`linear memory: ${megabytes(before)} MB before, ${megabytes(first.memory.buffer.byteLength)} MB with ` +
  `both encodings used`);

console.log(`| MB/s: median, best | ${WORKS.map((work) => `${work}, 1 KB | 100 KB`).join(" | ")} |`);
console.log(`| --- |${" --: | --: |".repeat(WORKS.length)}`);
const costs = [];
for (const [name, text] of Object.entries(made)) {
  const cells = WORKS.flatMap((_, work) => {
    return [[SLICE, BATCH], [LONG_SLICE, 1]].map(([size, batch]) => {
      const wasm = instance();
      warm(wasm, work);
      return rates(wasm, work, slices(give(wasm, text, 7), size), batch).join(", ");
    });
  });
  console.log(`| ${name} | ${cells.join(" | ")} |`);
  costs.push([name, ...[2, 3, 4].map((work) => (1e3 / Number(cells[2 * work].split(",")[0])).toFixed(2))]);
}
console.log("\n| personal data, µs per KB | all kinds | default kinds | no kinds |\n| --- | --: | --: | --: |");
for (const cost of costs) console.log(`| ${cost.join(" | ")} |`);
