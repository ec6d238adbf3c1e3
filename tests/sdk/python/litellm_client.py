"""LiteLLM as a client of the OpenAI endpoint, and of the Anthropic one."""

import os
import sys
from importlib.metadata import version

os.environ |= {"HF_HUB_OFFLINE": "1", "LITELLM_LOCAL_MODEL_COST_MAP": "True"}  # it is to fetch nothing

import litellm  # noqa: E402

from table import ADDRESS, CLIENT_KEY, Call, Client, Said, equal, loaded, run  # noqa: E402

litellm.telemetry = False
litellm.disable_hf_tokenizer_download = True
litellm.suppress_debug_info = True


class LiteLlm(Client):
    version = version("litellm")
    errors = {400: litellm.BadRequestError, 429: litellm.RateLimitError, "cut": Exception}

    def __init__(self, dialect):
        self.dialect, self.name = dialect, f"litellm-{dialect}"
        self.base = f"http://{ADDRESS}" + ("/v1" if dialect == "openai" else "")

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
        more = {"model": f"{self.dialect}/{model}", "messages": list(self.messages(turns))}
        if tools:
            more["tools"] = [
                {"type": "function", "function": {"name": name, "description": what, "parameters": own}}
                for name, what, own in tools
            ]
        if schema:
            own = {"name": "city", "schema": schema, "strict": True}
            more["response_format"] = {"type": "json_schema", "json_schema": own}
        if think and self.dialect == "openai":
            more |= {"reasoning_effort": "low", "allowed_openai_params": ["reasoning_effort"]}
        elif think:
            more |= {"thinking": {"type": "enabled", "budget_tokens": 2048}, "allowed_openai_params": ["thinking"]}
        if stream:
            more |= {"stream": True, "stream_options": {"include_usage": True}}
        reply = litellm.completion(
            **more, api_base=self.base, api_key=CLIENT_KEY, num_retries=0, max_retries=0, timeout=20, max_tokens=4096,
            extra_headers={"x-sdk-case": f"{self.name}/{case}"},
        )
        if stream:
            reply = litellm.stream_chunk_builder(list(reply), messages=more["messages"])
        [choice] = reply.choices
        message = choice.message
        calls = [Call(call.id, call.function.name, loaded(call.function.arguments)) for call in message.tool_calls or []]
        equal(choice.finish_reason, "tool_calls" if calls else "stop")
        thought = getattr(message, "reasoning_content", None) or ""
        usage = reply.usage
        return Said(message.content or "", thought, calls, usage.prompt_tokens, usage.completion_tokens, message.model_dump())

    # It keeps the provider's reply, but not always its headers.
    wait = None


if __name__ == "__main__":
    run(LiteLlm(sys.argv.pop(1)))
