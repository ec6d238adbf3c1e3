"""The OpenAI SDK: chat completions."""

import openai

from table import ADDRESS, CLIENT_KEY, EMAIL, EMBEDDERS, Call, Client, Results, Said, equal, is_of, loaded, run


class OpenAiChat(Client):
    name = "openai-chat-python"
    version = openai.__version__
    shows_thoughts = {"anthropic", "gemini", "bedrock", "cohere"}
    errors = {400: openai.BadRequestError, 429: openai.RateLimitError, "cut": openai.APIError, "again": openai.InternalServerError}
    own = openai.OpenAI(base_url=f"http://{ADDRESS}/v1", api_key=CLIENT_KEY, timeout=20)

    def messages(self, turns):
        for turn in turns:
            if isinstance(turn, str):
                yield {"role": "user", "content": turn}
            elif isinstance(turn, Said):
                yield turn.native
            else:
                for call, text in zip(turn.calls, turn.texts, strict=True):
                    yield {"role": "tool", "tool_call_id": call.id, "content": text}

    def ask(self, model, turns, stream=False, tools=(), schema=None, think=False, case="", retries=0):
        more = {"model": model, "messages": list(self.messages(turns))}
        if tools:
            more["tools"] = [
                {"type": "function", "function": {"name": name, "description": what, "parameters": schema}}
                for name, what, schema in tools
            ]
        if schema:
            own = {"name": "city", "schema": schema, "strict": True}
            more["response_format"] = {"type": "json_schema", "json_schema": own}
        if think:
            more["reasoning_effort"] = "low"
        own = self.own.with_options(max_retries=retries, default_headers={"x-sdk-case": f"{self.name}/{case}"})
        if stream:
            with own.chat.completions.stream(**more, stream_options={"include_usage": True}) as events:
                reply = events.get_final_completion() if not think else self.kept(events)
        else:
            reply = own.chat.completions.create(**more)
        is_of(reply.model, model)
        [choice] = reply.choices
        message = choice.message
        calls = [Call(call.id, call.function.name, loaded(call.function.arguments)) for call in message.tool_calls or []]
        equal(choice.finish_reason, "tool_calls" if calls else "stop")
        native = message.model_dump(exclude_none=True, exclude={"parsed"})
        for call in native.get("tool_calls", []):
            call["function"].pop("parsed_arguments", None)
            call.pop("index", None)
        thought = (message.model_extra or {}).get("reasoning_content") or ""
        return Said(message.content or "", thought, calls, reply.usage.prompt_tokens, reply.usage.completion_tokens, native)

    @staticmethod
    def kept(events):
        return events.get_final_completion()

    def more(self, cases):
        def models():
            listed = [one.id for one in self.own.models.list()]
            assert "gpt-4o-mini" in listed, listed
            equal(self.own.models.retrieve("gpt-4o-mini").id, "gpt-4o-mini")

        def embeds():
            for model in EMBEDDERS:
                texts = ["Hi"] if "titan" in model else ["Hi", f"I am {EMAIL}."]
                found = self.own.embeddings.create(model=model, input=texts)
                equal([one.index for one in found.data], list(range(len(texts))))
                assert all(len(one.embedding) > 7 and isinstance(one.embedding[0], float) for one in found.data), model
                # Gemini does not tell.
                assert found.usage.prompt_tokens > 0 or "gemini" in model, found.usage

        cases |= {"models": models, "embeds": embeds}


if __name__ == "__main__":
    run(OpenAiChat())
