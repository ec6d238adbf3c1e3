// Chat completions through both roles: configurations, requests and replies to drive them with.

const least = {
  providers: { local: { kind: "openai", host: "127.0.0.1", api_key: { env: "LOCAL_API_KEY" } } },
  models: { "gpt-4o": ["gpt-4o/local"] },
};
const most = {
  ...least,
  prices: { "gpt-4o/local": { input: 2.5, cached_input: 1.25, output: 10 } },
  redact: {
    key: { value: "bench" },
    entities: { email: "mask", phone: "mask", credit_card: "mask", iban: "mask", us_ssn: "block", secret: "mask" },
    restore: true,
  },
};
/** The client's key, known by its digest, and three limits over it. */
const accounts = {
  keys: { required: true, list: [{ id: "bench", team: "bench", plan: "pro",
    sha256: "b0962662e937d44c699c8305d90cbf190b3150c59b13863d1380b5cc3c711bb7" }] },
  limits: [{ per: ["key"], requests: 100_000_000, every: "1m" }, { per: ["team"], tokens: 1_000_000_000_000, every: "1d" },
    { per: ["team"], usd: 10_000_000, every: "1mo" }],
};
/** What is switched on. */
export const configurations = {
  "+ key, three limits": { ...most, ...accounts, observe: { decision_header: true, overhead: false } },
  "everything": { ...most, observe: { decision_header: true, overhead: true } },
  "− overhead stats": { ...most, observe: { decision_header: true, overhead: false } },
  "minimal": { ...least, observe: { overhead: false } },
};

const REQUEST = [
  [":authority", "gateway.test"], [":path", "/v1/chat/completions"], [":method", "POST"], [":scheme", "http"],
  ["accept", "application/json"], ["accept-encoding", "gzip, deflate"], ["authorization", "Bearer bench-key"],
  ["content-type", "application/json"], ["user-agent", "OpenAI/Python 1.99.0"], ["x-stainless-lang", "python"],
  ["x-forwarded-proto", "http"], ["x-request-id", "0b0e7f0e-0000-4000-8000-000000000000"],
];
const usage = { prompt_tokens: 20, completion_tokens: 12, total_tokens: 32 };
const event = (rest) => `data: ${JSON.stringify({ id: "c1", object: "chat.completion.chunk", model: "gpt-4o", ...rest })}\n\n`;
const says = (delta, finish_reason = null) => event({ choices: [{ index: 0, delta, finish_reason }] });

/**
 * One exchange, from the request's head to the end of both contexts. `look` is told after each callback where it was;
 * `text` is the last message.
 */
export function exchange(envoy, { personal, chunks }, look = () => {}, text = "What is the capital of France?") {
  text += personal ? " Answer to anna@example.org." : "";
  const body = { model: "gpt-4o", messages: [{ role: "user", content: text }], ...(chunks ? { stream: true } : {}) };
  const stream = envoy.stream(REQUEST, JSON.stringify(body));
  const gateway = stream.open("gateway");
  stream.requestHead(gateway);
  look("gateway: request head");
  stream.requestBody(gateway);
  look("gateway: request body");
  const attempt = stream.open("attempt");
  stream.requestHead(attempt);
  stream.requestBody(attempt);
  look("attempt: request");
  const type = chunks ? "text/event-stream" : "application/json";
  stream.reply([[":status", "200"], ["content-type", type], ["server", "bench"], ["x-request-id", "req_1"]]);
  stream.replyHead(attempt);
  look("attempt: reply");
  if (!chunks) {
    const message = { role: "assistant", content: "Paris, [EMAIL_5B6C]." };
    const whole = JSON.stringify({ id: "c1", choices: [{ index: 0, message, finish_reason: "stop" }], usage });
    stream.replyBody(attempt, whole, true);
    look("attempt: reply");
    stream.replyHead(gateway);
    stream.replyBody(gateway, stream.passed, true);
    look("gateway: reply");
  } else {
    stream.replyBody(attempt, says({ role: "assistant", content: "" }), false);
    look("attempt: reply");
    stream.replyHead(gateway);
    stream.replyBody(gateway, stream.passed, false);
    look("gateway: reply");
    for (let nth = 0; nth < chunks; nth++) {
      stream.replyBody(attempt, says({ content: nth % 10 ? `word${nth} ` : "to [EMAIL_5B6C] " }), false);
      look("attempt: a chunk", chunks);
      stream.replyBody(gateway, stream.passed, false);
      look("gateway: a chunk", chunks);
    }
    const last = says({}, "stop") + event({ choices: [], usage }) + "data: [DONE]\n\n";
    stream.replyBody(attempt, last, true);
    look("attempt: reply");
    stream.replyBody(gateway, stream.passed, true);
    look("gateway: reply");
  }
  stream.close(attempt);
  look("attempt: end");
  stream.close(gateway);
  look("gateway: end");
}
