// The OpenAI SDK for Node: chat completions.

import assert from "node:assert/strict";

import OpenAI from "openai";

import { ADDRESS, CLIENT_KEY, EMAIL, isOf, loaded, run } from "./table.mjs";

export const sdk = new OpenAI({ baseURL: `http://${ADDRESS}/v1`, apiKey: CLIENT_KEY, timeout: 20_000 });

export const errors = {
  400: OpenAI.BadRequestError,
  429: OpenAI.RateLimitError,
  cut: OpenAI.OpenAIError,
  again: OpenAI.InternalServerError,
};
export const status = (error) => error.status;
export const wait = (error) => error.headers.get("retry-after");

const message = (turn) => {
  if (typeof turn === "string") return [{ role: "user", content: turn }];
  if (turn.native) return [turn.native];
  return turn.results.map(([call, content]) => ({ role: "tool", tool_call_id: call.id, content }));
};

async function ask(model, turns, { stream, tools, schema, think, retries = 0, headers }) {
  const body = { model, messages: turns.flatMap(message) };
  if (tools) {
    const own = ({ name, description, schema }) => ({ name, description, parameters: schema });
    body.tools = tools.map((tool) => ({ type: "function", function: own(tool) }));
  }
  if (schema) body.response_format = { type: "json_schema", json_schema: { name: "city", schema, strict: true } };
  if (think) body.reasoning_effort = "low";
  const options = { headers, maxRetries: retries };
  const chat = sdk.chat.completions;
  const reply = stream
    ? await chat.stream({ ...body, stream_options: { include_usage: true } }, options).finalChatCompletion()
    : await chat.create(body, options);
  isOf(reply.model, model);
  const [{ message: { parsed, ...native }, finish_reason }] = reply.choices;
  const calls = (native.tool_calls ?? []).map(({ id, function: own }) => ({
    id,
    name: own.name,
    arguments: loaded(own.arguments),
  }));
  native.tool_calls?.forEach((call) => delete call.function.parsed_arguments);
  assert.equal(finish_reason, calls.length ? "tool_calls" : "stop");
  const { prompt_tokens: input, completion_tokens: output } = reply.usage;
  return { text: native.content ?? "", thought: native.reasoning_content ?? "", calls, input, output, native };
}

const more = {
  async models() {
    const listed = [];
    for await (const one of sdk.models.list()) listed.push(one.id);
    assert.ok(listed.includes("gpt-4o-mini"), listed);
    assert.equal((await sdk.models.retrieve("gpt-4o-mini")).id, "gpt-4o-mini");
  },
  async embeds() {
    for (const model of ["text-embedding-3-small/openai", "gemini-embedding-001/gemini", "embed-v4.0/cohere"]) {
      const { data } = await sdk.embeddings.create({ model, input: ["Hi", `I am ${EMAIL}.`] });
      assert.deepEqual(data.map((one) => one.index), [0, 1]);
      assert.ok(data.every((one) => one.embedding.length > 7 && Number.isFinite(one.embedding[0])), model);
    }
  },
};

if (process.argv[1].endsWith("openai-chat.mjs")) {
  await run({ name: "openai-chat-node", ask, errors, status, wait, more });
}
