// The Anthropic SDK for Node.

import assert from "node:assert/strict";

import Anthropic from "@anthropic-ai/sdk";

import { ADDRESS, CLIENT_KEY, PERSONAL, isOf, run } from "./table.mjs";

const sdk = new Anthropic({ baseURL: `http://${ADDRESS}`, apiKey: CLIENT_KEY, timeout: 20_000 });

const message = (turn) => {
  if (typeof turn === "string") return { role: "user", content: turn };
  if (turn.native) return { role: "assistant", content: turn.native };
  const result = ([call, content]) => ({ type: "tool_result", tool_use_id: call.id, content });
  return { role: "user", content: turn.results.map(result) };
};

async function ask(model, turns, { stream, tools, schema, think, retries = 0, headers }) {
  const body = { model, messages: turns.map(message), max_tokens: 4096 };
  if (tools) body.tools = tools.map(({ name, description, schema }) => ({ name, description, input_schema: schema }));
  if (schema) body.output_config = { format: { type: "json_schema", schema } };
  if (think) body.thinking = { type: "enabled", budget_tokens: 2048 };
  const options = { headers, maxRetries: retries };
  const reply = stream
    ? await sdk.messages.stream(body, options).finalMessage()
    : await sdk.messages.create(body, options);
  isOf(reply.model, model);
  const of = (type) => reply.content.filter((block) => block.type === type);
  const calls = of("tool_use").map(({ id, name, input }) => ({ id, name, arguments: input }));
  assert.equal(reply.stop_reason, calls.length ? "tool_use" : "end_turn");
  return {
    text: of("text").map((block) => block.text).join(""),
    thought: of("thinking").map((block) => block.thinking).join(""),
    calls,
    input: reply.usage.input_tokens,
    output: reply.usage.output_tokens,
    native: reply.content.map(({ parsed, parsed_output, ...block }) => block),
  };
}

const more = {
  async models() {
    const listed = [];
    for await (const one of sdk.models.list()) listed.push(one.id);
    assert.ok(listed.includes("gpt-4o-mini"), listed);
    assert.equal((await sdk.models.retrieve("gpt-4o-mini")).id, "gpt-4o-mini");
  },
  async countsTokens() {
    for (const model of ["claude-sonnet-4-5/anthropic", "gpt-4o/openai"]) {
      const { input_tokens } = await sdk.messages.countTokens({ model, messages: [{ role: "user", content: PERSONAL }] });
      assert.ok(input_tokens > 10 && input_tokens < 100, input_tokens);
    }
  },
};

await run({
  name: "anthropic-node",
  ask,
  more,
  errors: {
    400: Anthropic.BadRequestError,
    429: Anthropic.RateLimitError,
    cut: Anthropic.AnthropicError,
    again: Anthropic.InternalServerError,
  },
  status: (error) => error.status,
  wait: (error) => error.headers.get("retry-after"),
});
