// Vercel's AI SDK with its providers for OpenAI (chat and Responses), Anthropic and Google.

import assert from "node:assert/strict";

import { createAnthropic } from "@ai-sdk/anthropic";
import { createGoogleGenerativeAI } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { APICallError, Output, RetryError, generateText, jsonSchema, streamText, tool } from "ai";

import { ADDRESS, CLIENT_KEY, run } from "./table.mjs";

const [dialect] = process.argv.splice(2, 1);
const [apiKey, base] = [CLIENT_KEY, `http://${ADDRESS}`];
const openai = createOpenAI({ baseURL: `${base}/v1`, apiKey });
const anthropic = createAnthropic({ baseURL: `${base}/v1`, apiKey });
const google = createGoogleGenerativeAI({ baseURL: `${base}/v1beta`, apiKey });

/** How each provider's model is made, and how it is told to think. */
const DIALECTS = {
  "openai-chat": [openai.chat, { openai: { reasoningEffort: "low", forceReasoning: true } }, false],
  // Without `store: false` the second turn refers to items that only OpenAI has kept.
  "openai-responses": [openai.responses, { openai: { reasoningEffort: "low", reasoningSummary: "auto", forceReasoning: true, store: false } }],
  anthropic: [anthropic, { anthropic: { thinking: { type: "enabled", budgetTokens: 2048 } } }],
  // A name with a slash in it is a path to this SDK.
  google: [(model) => google(`models/${model}`), { google: { thinkingConfig: { includeThoughts: true, thinkingBudget: 2048 } } }],
};
const [made, thinking, showsThoughts] = DIALECTS[dialect];
// Models that it does not know get the schema as a tool, which may only be called once: neither can be told that.
const withoutSchemas = dialect === "anthropic" ? ["gemini", "cohere"] : [];
const plain = dialect === "openai-responses" ? { openai: { store: false } } : undefined;

const messages = (turn) => {
  if (typeof turn === "string") return [{ role: "user", content: turn }];
  if (turn.native) return turn.native;
  const result = ([call, value]) => ({
    type: "tool-result", toolCallId: call.id, toolName: call.name, output: { type: "text", value },
  });
  return [{ role: "tool", content: turn.results.map(result) }];
};

async function ask(model, turns, { stream, tools, schema, think, retries = 0, headers }) {
  const call = {
    model: made(model),
    messages: turns.flatMap(messages),
    maxRetries: retries,
    headers,
    providerOptions: think ? thinking : plain,
  };
  if (dialect === "anthropic") call.maxOutputTokens = 4096;
  if (tools) {
    const own = ({ name, description, schema }) => [name, tool({ description, inputSchema: jsonSchema(schema) })];
    call.tools = Object.fromEntries(tools.map(own));
  }
  if (schema) call.output = Output.object({ schema: jsonSchema(schema), name: "city" });
  let reply;
  if (stream) {
    let fault;
    reply = streamText({ ...call, onError: ({ error }) => (fault ??= error) });
    for await (const part of reply.fullStream) if (part.type === "error") fault ??= part.error;
    if (fault) throw fault;
  } else {
    reply = await generateText(call);
  }
  const calls = (await reply.toolCalls).map(({ toolCallId: id, toolName: name, input }) => ({ id, name, arguments: input }));
  assert.equal(await reply.finishReason, calls.length ? "tool-calls" : "stop");
  const usage = await reply.usage;
  return {
    text: await reply.text,
    thought: (await reply.reasoningText) ?? "",
    calls,
    input: usage.inputTokens,
    output: usage.outputTokens,
    native: (await reply.response).messages,
  };
}

await run({
  name: `vercel-${dialect}`,
  ask,
  showsThoughts,
  withoutSchemas,
  errors: { 400: APICallError, 429: APICallError, cut: Error, again: [APICallError, RetryError] },
  status: (error) => error.statusCode,
  wait: (error) => error.responseHeaders["retry-after"],
});
