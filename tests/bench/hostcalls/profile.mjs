// Where the filter spends its time in V8: runs it in Node with a stand-in for Envoy, under V8's sampling profiler, and
// prints the functions in which it was. The filter must have its names: build it with CARGO_PROFILE_RELEASE_STRIP=none.
//
//     node tests/bench/hostcalls/profile.mjs FILTER.wasm [plain | stream] [seconds]

import { readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { configurations, exchange } from "./exchange.mjs";
import { Proxy as Envoy } from "./proxy.mjs";

const [path, kind = "plain", seconds = "10"] = process.argv.slice(2);
const WORDS = "the quick brown fox jumps over lazy dogs while engineers write reports about latency and memory. ";
const shape = (nth) => ({ personal: nth % 4 === 0, chunks: kind === "stream" ? 100 : 0 });

const envoy = new Envoy(new WebAssembly.Module(readFileSync(path)), { LOCAL_API_KEY: "key" });
const json = JSON.stringify(configurations.everything);
envoy.start({ gateway: json, attempt: json });

/** Exchanges for so long; how many. */
function drive(millis) {
  const until = performance.now() + millis;
  let nth = 0;
  while (performance.now() < until) exchange(envoy, shape(nth), undefined, `${nth++}: ${WORDS.repeat(9)}`);
  return nth;
}

drive(2000);
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.setSamplingInterval", { interval: 200 });
await session.post("Profiler.start");
const count = drive(Number(seconds) * 1000);
const { profile } = await session.post("Profiler.stop");

const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
const [callbacks, within, own] = [new Map(), new Map(), new Map()];
let total = 0;
profile.samples.forEach((id, nth) => {
  const time = profile.timeDeltas[nth];
  if (!isFilter(id)) return;
  const path = [];
  for (let at = id; at !== undefined; at = parents.get(at)) if (isFilter(at)) path.push(readable(nodeName(at)));
  total += time;
  add(own, path[0], time);
  add(callbacks, path.findLast((name) => /^_?[a-z_]+$/.test(name)) ?? path.at(-1), time);
  for (const name of new Set(path)) add(within, name, time);
});
const each = (time) => ((time ?? 0) / count).toFixed(2);
console.log(`${kind}: ${each(total)} µs in the filter for each request, the proxy's calls not counted\n`);
console.log("| µs | callback |\n| --: | --- |");
for (const [name, time] of sorted(callbacks)) console.log(`| ${each(time)} | ${name} |`);
console.log("\n| µs, with what it calls | µs by itself | function |\n| --: | --: | --- |");
for (const [name, time] of sorted(within).slice(0, 60)) console.log(`| ${each(time)} | ${each(own.get(name))} | ${name} |`);

function nodeName(id) { return nodes.get(id).callFrame.functionName; }

/** The filter's own code, not V8's way into it. */
function isFilter(id) { return nodes.get(id).callFrame.url.startsWith("wasm:") && !nodeName(id).startsWith("js-to-wasm"); }

function add(times, name, time) { times.set(name, (times.get(name) ?? 0) + time); }

function sorted(times) { return [...times].sort(([, a], [, b]) => b - a); }

/** A mangled name as a path. */
function readable(name) {
  const legacy = name.match(/^_ZN(.*)17h[0-9a-f]{16}E$/);
  let [rest, parts] = [legacy?.[1] ?? "", []];
  for (let found; (found = rest.match(/^\d+/)); rest = rest.slice(found[0].length + Number(found[0]))) {
    parts.push(rest.slice(found[0].length, found[0].length + Number(found[0])));
  }
  const written = { "$LT$": "<", "$GT$": ">", "$u20$": " ", "$C$": ",", "$RF$": "&", "..": "::" };
  return (parts.join("::") || name).replace(/\$LT\$|\$GT\$|\$u20\$|\$C\$|\$RF\$|\.\./g, (mark) => written[mark]);
}
