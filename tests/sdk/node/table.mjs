// The table of cases that every client goes through, against targets of every dialect: as ../python/table.py, whose
// words are used here too. A client is an object, in a file of its own, with `ask(model, turns, {stream, tools, schema,
// think, retries, headers})`, which gives `{text, thought, calls, input, output, native}`. A turn is a text of the user,
// what `ask` gave, or `{results: [[call, text], …]}`.

import assert from "node:assert/strict";

export const { ADDRESS, CLIENT_KEY, EMAIL, PHONE } = process.env;
export const PERSONAL = `Write to ${EMAIL} or call ${PHONE}, ${EMAIL} is better.`;
const SECRET = "My SSN is 536-90-4399.";

const TARGETS = {
  openai: "gpt-4o",
  groq: "llama-3.3-70b-versatile",
  mistral: "mistral-large-latest",
  anthropic: "claude-sonnet-4-5",
  gemini: "gemini-2.5-pro",
  bedrock: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
  cohere: "command-a-03-2025",
};
const THINKERS = {
  anthropic: "claude-sonnet-4-5",
  gemini: "gemini-2.5-pro",
  bedrock: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
  cohere: "command-a-reasoning-08-2025",
};

const object = (properties) => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
export const CITY = object({ city: { type: "string" }, days: { type: "integer" } });
const MAIL = object({ to: { type: "string" }, urgent: { type: "boolean" } });
export const TOOLS = [
  { name: "weather", description: "The weather at a place.", schema: CITY },
  { name: "mail", description: "Sends mail.", schema: MAIL },
];

const hello = (model) => `Hello from the scripted provider, answering as ${model}. How can I help you today?`;
const named = ({ calls }) => calls.map(({ name, arguments: own }) => [name, own]);

/** The model of a target, with switches. */
export function model([name, provider], ...switches) {
  if (provider === "mistral") switches.unshift("mistral");
  return [name, ...switches].join("+") + "/" + provider;
}

/** A provider of the client's own dialect says by itself what the model is called. */
export function isOf(found, asked) {
  assert.ok(found === asked || found === asked.split("/")[0].split("+")[0], `${found} in place of ${asked}`);
}

export const loaded = (text) => (text ? JSON.parse(text) : {});

async function raised(kinds, call) {
  let found;
  try {
    found = await call();
  } catch (error) {
    const own = [kinds].flat().some((kind) => error instanceof kind);
    assert.ok(own, `${error?.constructor?.name} in place of ${[kinds].flat().map((kind) => kind.name)}: ${error}`);
    return error;
  }
  assert.fail(`nothing was raised: ${JSON.stringify(found)}`);
}

const CASES = {
  async says(ask, at, stream) {
    const said = await ask(model(at), ["Hi"], { stream });
    assert.equal(said.text, hello(at[0]));
    assert.ok(said.input > 0 && said.output > 5, `${said.input} and ${said.output} tokens`);
  },
  async masks(ask, at, stream) {
    const said = await ask(model(at, "echo", "split=3"), [PERSONAL], { stream });
    assert.equal(said.text, PERSONAL);
  },
  async callsTools(ask, at, stream) {
    const [asked, text, more] = [model(at, "parallel", "echo"), `Mail ${EMAIL}!`, { stream, tools: TOOLS }];
    const first = await ask(asked, [text], more);
    assert.deepEqual(named(first), [["weather", { city: text, days: 1 }], ["mail", { to: text, urgent: true }]]);
    const texts = ["sunny", `{"sent": "${EMAIL}"}`];
    const results = { results: first.calls.map((call, nth) => [call, texts[nth]]) };
    const second = await ask(asked, [text, first, results], more);
    assert.deepEqual([second.calls, second.text !== ""], [[], true]);
    const third = await ask(asked, [text, first, results, second, `${EMAIL}?`], more);
    assert.deepEqual(third.calls.map((call) => Object.values(call.arguments)[0]), [`${EMAIL}?`, `${EMAIL}?`]);
  },
  async keepsSchema(ask, at, stream, client) {
    if (client.withoutSchemas?.includes(at[1])) return;
    const said = await ask(model(at, "echo"), [`To ${EMAIL}`], { stream, schema: CITY });
    assert.deepEqual(JSON.parse(said.text), { city: `To ${EMAIL}`, days: 1 });
  },
  async thinks(ask, [, provider], stream, client) {
    const name = (client.thinkers ?? THINKERS)[provider];
    if (!name) return;
    const [asked, more] = [model([name, provider], "tools", "think=Let_me_see._Aha!"), { stream, tools: TOOLS, think: true }];
    const first = await ask(asked, ["Hi"], more);
    if (client.showsThoughts !== false) assert.equal(first.thought, "Let_me_see._Aha!");
    assert.deepEqual(named(first), [["weather", { city: "text", days: 1 }]]);
    const results = { results: [[first.calls[0], "sunny"]] };
    const second = await ask(asked, ["Hi", first, results], more);
    assert.equal(second.text, hello(name));
    const third = await ask(model([name, provider]), ["Hi", first, results, second, "And now?"], more);
    assert.equal(third.text, hello(name));
  },
  async refuses(ask, at, stream, client) {
    const error = await raised(client.errors[400], () => ask(model(at), [SECRET], { stream }));
    assert.equal(client.status(error), 400);
    assert.match(error.message, /us_ssn/);
    assert.doesNotMatch(error.message, /536/);
  },
  async isLimited(ask, at, stream, client) {
    const error = await raised(client.errors[429], () => ask(model(at, "status=429", "retry_after=7"), ["Hi"], { stream }));
    assert.equal(client.status(error), 429);
    assert.match(error.message, /too many requests|rate limit/i);
    if (client.wait) assert.equal(client.wait(error), "7");
  },
  // A reply that says what it may not is an error, also where its beginning has been told.
  async isEnded(ask, at, stream, client) {
    const text = "Look out of the window, there is something in the water over there, a Blue Heron. And so on.";
    const kinds = stream ? client.errors.cut : client.errors[400];
    const error = await raised(kinds, () => ask(model(at, "echo", "split=3"), [text], { stream }));
    assert.doesNotMatch(String(error), /Heron/);
  },
  async isCut(ask, at, stream, client) {
    if (stream) await raised(client.errors.cut, () => ask(model(at, "end_after=4"), ["Hi"], { stream }));
  },
};

/** A client that is told to try again does so, as often as it is told. */
async function triesAgain(client, ask) {
  for (const provider of ["openai", "anthropic"]) {
    // What is said is another text each time: the provider counts how often it has heard this very script.
    const twice = () => model([TARGETS[provider], provider], "status=503", "times=2", `say=${process.hrtime.bigint()}`);
    const asked = twice();
    await raised(client.errors.again, () => ask(asked, ["Hi"], { retries: 1 }));
    for (const [model, retries] of [[asked, 0], [twice(), 2]]) {
      assert.equal((await ask(model, ["Hi"], { retries })).text, hello(TARGETS[provider]));
    }
  }
}

/** Goes through the cases whose names have one of the arguments in them, four at a time. */
export async function run(client) {
  const only = process.argv.slice(2);
  const cases = [];
  const add = (name, call) => {
    const ask = (asked, turns, more = {}) =>
      client.ask(asked, turns, { ...more, headers: { "x-sdk-case": `${client.name}/${name}` } });
    if (!only.length || only.some((part) => name.includes(part))) cases.push([name, () => call(ask)]);
  };
  for (const provider of client.targets ?? Object.keys(TARGETS)) {
    for (const stream of [false, true]) {
      for (const [name, call] of Object.entries(CASES)) {
        const at = [TARGETS[provider], provider];
        add(`${name}/${provider}/${stream ? "streamed" : "plain"}`, (ask) => call(ask, at, stream, client));
      }
    }
  }
  if (client.errors.again) add("triesAgain", (ask) => triesAgain(client, ask));
  for (const [name, call] of Object.entries(client.more ?? {})) add(name, call);
  let [next, failed] = [0, 0];
  const worker = async () => {
    while (next < cases.length) {
      const [name, call] = cases[next++];
      const began = performance.now();
      const say = (how) => console.log(`${how} ${name} (${((performance.now() - began) / 1000).toFixed(2)} s)`);
      try {
        await call();
        if (only.length) say("pass");
      } catch (error) {
        failed++;
        say("FAIL");
        console.log(String(error?.stack ?? error).slice(0, 3000), error?.cause ?? "");
      }
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  console.log(`${client.name}: ${cases.length - failed} of ${cases.length} cases hold`);
  process.exit(failed ? 1 : 0);
}
