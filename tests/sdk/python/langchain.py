"""LangChain's chat models: langchain-openai, langchain-anthropic, langchain-google-genai."""

import json
import sys
from importlib.metadata import version

import anthropic
import openai
from google.genai.errors import ClientError
from langchain_anthropic import ChatAnthropic
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langchain_google_genai import ChatGoogleGenerativeAI
from langchain_google_genai.chat_models import ChatGoogleGenerativeAIError
from langchain_openai import ChatOpenAI

from table import ADDRESS, CLIENT_KEY, Call, Client, Said, equal, run


class LangChain(Client):
    package = "?"

    def __init__(self):
        self.name, self.version = self.package, version(self.package)

    def chat(self, model, think, case, retries):
        raise NotImplementedError

    def messages(self, turns):
        for turn in turns:
            if isinstance(turn, str):
                yield HumanMessage(turn)
            elif isinstance(turn, Said):
                yield turn.native
            else:
                for call, text in zip(turn.calls, turn.texts, strict=True):
                    yield ToolMessage(text, tool_call_id=call.id, name=call.name)

    def ask(self, model, turns, stream=False, tools=(), schema=None, think=False, case="", retries=0):
        chat = self.chat(model, think, f"{self.name}/{case}", retries)
        if tools:
            chat = chat.bind_tools([{"title": name, "description": what, **own} for name, what, own in tools])
        if schema:
            chat = chat.with_structured_output({"title": "city", "description": "A city.", **schema}, include_raw=True, **self.structured)
            found = {}
            for piece in chat.stream(list(self.messages(turns))) if stream else [chat.invoke(list(self.messages(turns)))]:
                found |= piece
            assert not found.get("parsing_error"), found
            return Said(json.dumps(found["parsed"]))
        if stream:
            reply = None
            for chunk in chat.stream(list(self.messages(turns))):
                reply = chunk if reply is None else reply + chunk
        else:
            reply = chat.invoke(list(self.messages(turns)))
        calls = [Call(call["id"], call["name"], call["args"]) for call in reply.tool_calls]
        equal(reply.invalid_tool_calls, [])
        usage = reply.usage_metadata or {}
        thoughts = [block.get("reasoning", "") for block in reply.content_blocks if block["type"] == "reasoning"]
        native = reply
        if stream:
            native = AIMessage(**{name: getattr(reply, name) for name in ["content", "tool_calls", "additional_kwargs", "response_metadata", "id"]})
        return Said(reply.text, "".join(thoughts), calls, usage.get("input_tokens"), usage.get("output_tokens"), native)

    structured: dict = {"method": "json_schema"}


class OpenAi(LangChain):
    package = "langchain-openai"
    # Its class of messages drops what is not OpenAI's: `reasoning_content` and all.
    shows_thoughts: set = set()
    errors = {400: openai.BadRequestError, 429: openai.RateLimitError, "cut": openai.APIError, "again": openai.InternalServerError}

    def chat(self, model, think, case, retries):
        more = {"reasoning_effort": "low"} if think else {}
        return ChatOpenAI(
            model=model, base_url=f"http://{ADDRESS}/v1", api_key=CLIENT_KEY, max_retries=retries, timeout=20,
            stream_usage=True, default_headers={"x-sdk-case": case}, **more,
        )


class Anthropic(LangChain):
    package = "langchain-anthropic"
    errors = {
        400: anthropic.BadRequestError, 429: anthropic.RateLimitError,
        "cut": anthropic.APIError, "again": anthropic.InternalServerError,
    }

    def chat(self, model, think, case, retries):
        more = {"thinking": {"type": "enabled", "budget_tokens": 2048}} if think else {}
        return ChatAnthropic(
            model=model, base_url=f"http://{ADDRESS}", api_key=CLIENT_KEY, max_retries=retries, timeout=20,
            max_tokens=4096, default_headers={"x-sdk-case": case}, **more,
        )


class Google(LangChain):
    package = "langchain-google-genai"
    errors = {400: ChatGoogleGenerativeAIError, 429: (ChatGoogleGenerativeAIError, ClientError), "cut": Exception}
    wait = None

    def chat(self, model, think, case, retries):
        more = {"thinking_budget": 2048, "include_thoughts": True} if think else {}
        return ChatGoogleGenerativeAI(
            model=model, base_url=f"http://{ADDRESS}", api_key=CLIENT_KEY, max_retries=1, timeout=20,
            additional_headers={"x-sdk-case": case}, **more,
        )

    def status(self, error):
        return next((cause.code for cause in [error, error.__cause__] if hasattr(cause, "code")), None)


if __name__ == "__main__":
    run({kind.package: kind for kind in [OpenAi, Anthropic, Google]}[sys.argv.pop(1)]())
