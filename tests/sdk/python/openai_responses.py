"""The OpenAI SDK: Responses."""

import openai

from openai_chat import OpenAiChat
from table import Call, Results, Said, equal, is_of, loaded, run


class OpenAiResponses(OpenAiChat):
    name = "openai-responses-python"

    def items(self, turns):
        for turn in turns:
            if isinstance(turn, str):
                yield {"role": "user", "content": turn}
            elif isinstance(turn, Said):
                yield from turn.native
            else:
                for call, text in zip(turn.calls, turn.texts, strict=True):
                    yield {"type": "function_call_output", "call_id": call.id, "output": text}

    def ask(self, model, turns, stream=False, tools=(), schema=None, think=False, case="", retries=0):
        more = {"model": model, "input": list(self.items(turns)), "store": False}
        if tools:
            more["tools"] = [
                {"type": "function", "name": name, "description": what, "parameters": schema, "strict": True}
                for name, what, schema in tools
            ]
        if schema:
            more["text"] = {"format": {"type": "json_schema", "name": "city", "schema": schema, "strict": True}}
        if think:
            more["reasoning"] = {"effort": "low", "summary": "auto"}
            more["include"] = ["reasoning.encrypted_content"]
        own = self.own.with_options(max_retries=retries, default_headers={"x-sdk-case": f"{self.name}/{case}"})
        if stream:
            with own.responses.stream(**more) as events:
                reply = events.get_final_response()
        else:
            reply = own.responses.create(**more)
        is_of(reply.model, model)
        equal(reply.status, "completed")
        calls = [Call(item.call_id, item.name, loaded(item.arguments)) for item in reply.output if item.type == "function_call"]
        parts = [part.text for item in reply.output if item.type == "reasoning" for part in [*item.summary, *(item.content or [])]]
        native = [item.model_dump(exclude_none=True, exclude={"parsed_arguments"}) for item in reply.output]
        for item in native:
            for part in item["content"] if item["type"] == "message" else []:
                part.pop("parsed", None)
        usage = reply.usage
        return Said(reply.output_text, "".join(parts), calls, usage.input_tokens, usage.output_tokens, native)

    def more(self, cases):
        pass


if __name__ == "__main__":
    run(OpenAiResponses())
