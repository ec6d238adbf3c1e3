// Counts the proxy-wasm host calls of a request and of a chunk: runs the built filter in Node's V8 with a small
// stand-in for Envoy behind its imports, and drives both roles through plain and streamed chat completions.
//
//     node tests/bench/hostcalls/run.mjs target/wasm32-wasip1/release/tollgate.wasm

import { readFileSync } from "node:fs";
import { configurations, exchange } from "./exchange.mjs";
import { Proxy as Envoy } from "./proxy.mjs";

const path = process.argv[2] ?? "target/wasm32-wasip1/release/tollgate.wasm";

/** Columns: what happened between two looks at the counters. */
class Tally {
  columns = new Map();
  constructor(envoy) { this.envoy = envoy; }
  take(column, per = 1) {
    const own = this.columns.get(column) ?? new Map();
    for (const [name, count] of this.envoy.take()) own.set(name, (own.get(name) ?? 0) + count / per);
    this.columns.set(column, own);
  }
}

const module = new WebAssembly.Module(readFileSync(path));
const cases = [
  ["Plain reply", { personal: false, chunks: 0 }],
  ["Plain reply, an address masked and put back", { personal: true, chunks: 0 }],
  ["Streamed reply", { personal: false, chunks: 100 }],
  ["Streamed reply, an address masked and put back", { personal: true, chunks: 100 }],
];
const counted = new Map();
for (const [name, configuration] of Object.entries(configurations)) {
  const envoy = new Envoy(module, { LOCAL_API_KEY: "key" });
  const json = JSON.stringify(configuration);
  envoy.start({ gateway: json, attempt: json });
  // Once for all that is made on first use: metrics, tables.
  for (const [, kind] of cases) exchange(envoy, kind);
  for (const [title, kind] of cases) {
    const tally = new Tally(envoy);
    envoy.take();
    exchange(envoy, kind, (column, per) => tally.take(column, per));
    counted.set(`${name}/${title}`, tally.columns);
  }
  if (envoy.open !== 0) throw new Error(`${envoy.open} contexts were not deleted`);
}
summary();
for (const [title] of cases) print(`${title}, everything on`, counted.get(`everything/${title}`));

function isChunk(column) { return column.endsWith("a chunk"); }

function shown(count) { return count ? String(Math.round(count * 100) / 100) : ""; }

function sum(columns, of) {
  const all = [...columns].filter(([column]) => of(column)).flatMap(([, calls]) => [...calls.values()]);
  return all.reduce((sum, count) => sum + count, 0);
}

/** Host calls of a request, and of each further chunk, under each configuration. */
function summary() {
  const names = Object.keys(configurations);
  console.log(`| host calls | ${names.join(" | ")} |\n| --- |${" --: |".repeat(names.length)}`);
  for (const [title, { chunks }] of cases) {
    const row = (label, of) => {
      const cells = names.map((name) => shown(sum(counted.get(`${name}/${title}`), of)));
      console.log(`| ${label} | ${cells.join(" | ")} |`);
    };
    row(title, (column) => !isChunk(column));
    if (chunks) row("… and for each chunk more", isChunk);
  }
  console.log();
}

/** Which calls, in which callback. */
function print(title, columns) {
  const names = [...new Set([...columns.values()].flatMap((calls) => [...calls.keys()]))].sort();
  const heads = [...columns.keys()];
  const inRequest = (name) => heads.filter((head) => !isChunk(head))
    .reduce((all, head) => all + (columns.get(head).get(name) ?? 0), 0);
  console.log(`### ${title}\n\n| host call | ${heads.join(" | ")} | **request** |`);
  console.log(`| --- |${" --: |".repeat(heads.length + 1)}`);
  for (const name of names) {
    const cells = heads.map((head) => shown(columns.get(head).get(name)));
    console.log(`| ${name} | ${cells.join(" | ")} | ${shown(inRequest(name))} |`);
  }
  const all = heads.map((head) => shown(sum(columns, (column) => column === head)));
  console.log(`| **all** | ${all.join(" | ")} | **${sum(columns, (column) => !isChunk(column))}** |\n`);
}
