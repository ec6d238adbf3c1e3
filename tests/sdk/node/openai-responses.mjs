// The OpenAI SDK for Node: Responses.

import assert from "node:assert/strict";

import { errors, sdk, status, wait } from "./openai-chat.mjs";
import { isOf, loaded, run } from "./table.mjs";

const items = (turn) => {
  if (typeof turn === "string") return [{ role: "user", content: turn }];
  if (turn.native) return turn.native;
  return turn.results.map(([call, output]) => ({ type: "function_call_output", call_id: call.id, output }));
};

async function ask(model, turns, { stream, tools, schema, think, retries = 0, headers }) {
  const body = { model, input: turns.flatMap(items), store: false };
  if (tools) {
    body.tools = tools.map(({ name, description, schema }) => ({
      type: "function", name, description, parameters: schema, strict: true,
    }));
  }
  if (schema) body.text = { format: { type: "json_schema", name: "city", schema, strict: true } };
  if (think) {
    body.reasoning = { effort: "low", summary: "auto" };
    body.include = ["reasoning.encrypted_content"];
  }
  const options = { headers, maxRetries: retries };
  const reply = stream
    ? await sdk.responses.stream(body, options).finalResponse()
    : await sdk.responses.create(body, options);
  isOf(reply.model, model);
  assert.equal(reply.status, "completed");
  const said = { text: reply.output_text, thought: "", calls: [], native: [] };
  for (const { parsed_arguments, ...item } of reply.output) {
    if (item.type === "message") item.content = item.content.map(({ parsed, ...part }) => part);
    if (item.type === "function_call") {
      said.calls.push({ id: item.call_id, name: item.name, arguments: loaded(item.arguments) });
    }
    if (item.type === "reasoning") said.thought += [...item.summary, ...(item.content ?? [])].map((part) => part.text).join("");
    said.native.push(item);
  }
  return { ...said, input: reply.usage.input_tokens, output: reply.usage.output_tokens };
}

await run({ name: "openai-responses-node", ask, errors, status, wait });
