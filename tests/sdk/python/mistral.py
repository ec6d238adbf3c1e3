"""The Mistral SDK: chat, which is OpenAI's but for some names."""

from mistralai.client import Mistral as Sdk
from mistralai.client import _version, errors

from table import ADDRESS, CLIENT_KEY, Call, Client, Said, equal, is_of, loaded, run


class Mistral(Client):
    name = "mistralai-python"
    version = _version.__version__
    # Its class of messages has no `reasoning_content`, and its way of asking for thoughts is its own.
    thinkers: dict = {}
    errors = {400: errors.SDKError, 429: errors.SDKError, "cut": Exception}
    # It does not read OpenAI's way of streaming calls, where only the first piece has the function's name.
    streams_calls: set = set()
    own = Sdk(api_key=CLIENT_KEY, server_url=f"http://{ADDRESS}", timeout_ms=20_000)

    def messages(self, turns):
        for turn in turns:
            if isinstance(turn, str):
                yield {"role": "user", "content": turn}
            elif isinstance(turn, Said):
                yield turn.native
            else:
                for call, text in zip(turn.calls, turn.texts, strict=True):
                    yield {"role": "tool", "tool_call_id": call.id, "name": call.name, "content": text}

    def ask(self, model, turns, stream=False, tools=(), schema=None, think=False, case="", retries=0):
        more = {"model": model, "messages": list(self.messages(turns)), "http_headers": {"x-sdk-case": f"{self.name}/{case}"}}
        if tools:
            more["tools"] = [
                {"type": "function", "function": {"name": name, "description": what, "parameters": schema}}
                for name, what, schema in tools
            ]
        if schema:
            own = {"name": "city", "schema": schema, "strict": True}
            more["response_format"] = {"type": "json_schema", "json_schema": own}
        if stream:
            return self.heard(model, [event.data for event in self.own.chat.stream(**more)])
        reply = self.own.chat.complete(**more)
        is_of(reply.model, model)
        [choice] = reply.choices
        message = choice.message
        calls = [Call(call.id, call.function.name, loaded(call.function.arguments)) for call in message.tool_calls or []]
        equal(choice.finish_reason, "tool_calls" if calls else "stop")
        usage = reply.usage
        return Said(message.content or "", "", calls, usage.prompt_tokens, usage.completion_tokens, message)

    def heard(self, model, chunks):
        text, calls, usage, finish = "", {}, None, None
        for chunk in chunks:
            is_of(chunk.model, model)
            usage = chunk.usage or usage
            for choice in chunk.choices:
                finish = choice.finish_reason or finish
                text += choice.delta.content or ""
                for part in choice.delta.tool_calls or []:
                    call = calls.setdefault(part.index, [None, "", ""])
                    call[0] = part.id if part.id and part.id != "null" else call[0]
                    call[1] = call[1] or part.function.name
                    call[2] += part.function.arguments or ""
        # The SDK takes the end of the connection for the end of the stream.
        if finish is None:
            raise EOFError("the stream has no finish_reason")
        equal(finish, "tool_calls" if calls else "stop")
        native = {"role": "assistant", "content": text}
        if calls:
            function = lambda call: {"name": call[1], "arguments": call[2]}  # noqa: E731
            native["tool_calls"] = [{"id": call[0], "type": "function", "function": function(call)} for call in calls.values()]
        said = [Call(call[0], call[1], loaded(call[2])) for call in calls.values()]
        # Only Mistral tells usage without being asked, and this SDK does not ask.
        input, output = (usage.prompt_tokens, usage.completion_tokens) if usage else (None, None)
        return Said(text, "", said, input, output, native)

    def wait(self, error):
        return error.headers["retry-after"]


if __name__ == "__main__":
    run(Mistral())
