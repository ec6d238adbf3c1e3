"""The Anthropic SDK."""

import anthropic

from table import ADDRESS, CLIENT_KEY, PERSONAL, Call, Client, Said, equal, is_of, run


class Anthropic(Client):
    name = "anthropic-python"
    version = anthropic.__version__
    errors = {
        400: anthropic.BadRequestError, 429: anthropic.RateLimitError,
        "cut": anthropic.APIError, "again": anthropic.InternalServerError,
    }
    own = anthropic.Anthropic(base_url=f"http://{ADDRESS}", api_key=CLIENT_KEY, timeout=20)

    def messages(self, turns):
        for turn in turns:
            if isinstance(turn, str):
                yield {"role": "user", "content": turn}
            elif isinstance(turn, Said):
                yield {"role": "assistant", "content": turn.native}
            else:
                blocks = [
                    {"type": "tool_result", "tool_use_id": call.id, "content": text}
                    for call, text in zip(turn.calls, turn.texts, strict=True)
                ]
                yield {"role": "user", "content": blocks}

    def ask(self, model, turns, stream=False, tools=(), schema=None, think=False, case="", retries=0):
        more = {"model": model, "messages": list(self.messages(turns)), "max_tokens": 4096}
        if tools:
            more["tools"] = [
                {"name": name, "description": what, "input_schema": schema} for name, what, schema in tools
            ]
        if schema:
            more["output_config"] = {"format": {"type": "json_schema", "schema": schema}}
        if think:
            more["thinking"] = {"type": "enabled", "budget_tokens": 2048}
        own = self.own.with_options(max_retries=retries, default_headers={"x-sdk-case": f"{self.name}/{case}"})
        if stream:
            with own.messages.stream(**more) as events:
                reply = events.get_final_message()
        else:
            reply = own.messages.create(**more)
        is_of(reply.model, model)
        equal((reply.role, reply.type), ("assistant", "message"))
        said = Said(native=[block.model_dump(exclude_none=True, exclude={"parsed_output"}) for block in reply.content])
        for block in reply.content:
            match block.type:
                case "text":
                    said.text += block.text
                case "thinking":
                    said.thought += block.thinking
                case "tool_use":
                    said.calls.append(Call(block.id, block.name, block.input))
        equal(reply.stop_reason, "tool_use" if said.calls else "end_turn")
        said.input, said.output = reply.usage.input_tokens, reply.usage.output_tokens
        return said

    def more(self, cases):
        def models():
            listed = [one.id for one in self.own.models.list()]
            assert "gpt-4o-mini" in listed, listed
            equal(self.own.models.retrieve("gpt-4o-mini").id, "gpt-4o-mini")

        def counts_tokens():
            for model in ["claude-sonnet-4-5/anthropic", "gpt-4o/openai"]:
                count = self.own.messages.count_tokens(model=model, messages=[{"role": "user", "content": PERSONAL}])
                assert 10 < count.input_tokens < 100, count

        cases |= {"models": models, "counts_tokens": counts_tokens}


if __name__ == "__main__":
    run(Anthropic())
