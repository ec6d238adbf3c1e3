// The Google Gen AI SDK for Node.

import assert from "node:assert/strict";

import { ApiError, GoogleGenAI } from "@google/genai";

import { ADDRESS, CLIENT_KEY, PERSONAL, isOf, run } from "./table.mjs";

const sdk = new GoogleGenAI({ apiKey: CLIENT_KEY, httpOptions: { baseUrl: `http://${ADDRESS}`, timeout: 20_000 } });

const content = (turn) => {
  if (typeof turn === "string") return { role: "user", parts: [{ text: turn }] };
  if (turn.native) return turn.native;
  const result = ([{ id, name }, output]) => ({ functionResponse: { id, name, response: { output } } });
  return { role: "user", parts: turn.results.map(result) };
};

async function ask(model, turns, { stream, tools, schema, think, headers }) {
  const config = { httpOptions: { headers } };
  if (tools) {
    const own = ({ name, description, schema }) => ({ name, description, parametersJsonSchema: schema });
    config.tools = [{ functionDeclarations: tools.map(own) }];
  }
  if (schema) Object.assign(config, { responseMimeType: "application/json", responseJsonSchema: schema });
  if (think) config.thinkingConfig = { includeThoughts: true, thinkingBudget: 2048 };
  const body = { model, contents: turns.map(content), config };
  const replies = [];
  if (stream) {
    for await (const reply of await sdk.models.generateContentStream(body)) replies.push(reply);
  } else {
    replies.push(await sdk.models.generateContent(body));
  }
  const parts = replies.flatMap((reply) => reply.candidates?.[0]?.content?.parts ?? []);
  const finish = replies.flatMap((reply) => reply.candidates?.[0]?.finishReason ?? []).at(-1);
  // Whoever sees a stream without an end has to see that it was cut.
  if (!finish) throw new ApiError({ status: 0, message: "no finishReason" });
  assert.equal(finish, "STOP");
  const last = replies.at(-1);
  isOf(last.modelVersion, model);
  const texts = (thought) => parts.filter((part) => part.text && Boolean(part.thought) === thought).map((part) => part.text);
  const calls = parts.flatMap(({ functionCall: call }) => (call ? [{ id: call.id, name: call.name, arguments: call.args }] : []));
  return {
    text: texts(false).join(""),
    thought: texts(true).join(""),
    calls,
    input: last.usageMetadata.promptTokenCount,
    output: last.usageMetadata.candidatesTokenCount,
    native: { role: "model", parts },
  };
}

const more = {
  async models() {
    const listed = [];
    for await (const one of await sdk.models.list()) listed.push(one.name);
    assert.ok(listed.includes("models/gpt-4o-mini"), listed);
    assert.equal((await sdk.models.get({ model: "gpt-4o-mini" })).name, "models/gpt-4o-mini");
  },
  async countsTokens() {
    for (const model of ["gemini-2.5-pro/gemini", "gpt-4o/openai"]) {
      const { totalTokens } = await sdk.models.countTokens({ model, contents: PERSONAL });
      assert.ok(totalTokens > 10 && totalTokens < 100, totalTokens);
    }
  },
};

await run({
  name: "google-genai-node",
  ask,
  more,
  errors: { 400: ApiError, 429: ApiError, cut: Error },
  status: (error) => error.status,
});
