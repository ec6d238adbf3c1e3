"""What the cases share: their list, how Tollgate is asked, what is said of each. The environment says where Tollgate is."""

import os
import sys
import time
import traceback

import openai
from openai import OpenAI
from pydantic import BaseModel

TOLLGATE, STRICT = os.environ["TOLLGATE"], os.environ["STRICT"]
CLIENT_KEY = os.environ["CLIENT_KEY"]
HELLO = "Hello from the scripted provider, answering as gpt-4o. How can I help you today?"

CASES = {}



def case(function):
    CASES[function.__name__] = function


def client(name, base=TOLLGATE, kind=OpenAI, **more):
    more = {"max_retries": 0, "timeout": 20, **more}
    return kind(base_url=base, api_key=CLIENT_KEY, default_headers={"x-sdk-case": name}, **more)


def user(text):
    return [{"role": "user", "content": text}]


def text_of(chunks):
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


def equal(found, wanted):
    assert found == wanted, f"\n  found  {found!r}\n  wanted {wanted!r}"


def raised(kind, call):
    try:
        call()
    except openai.OpenAIError as error:
        assert type(error) is kind, f"{type(error).__name__} in place of {kind.__name__}: {error}"
        return error
    raise AssertionError(f"no {kind.__name__} was raised")


def accumulated(chunks):
    calls = {}
    for chunk in chunks:
        for part in (chunk.choices[0].delta.tool_calls or []) if chunk.choices else []:
            call = calls.setdefault(part.index, {"id": None, "name": None, "arguments": ""})
            call["id"] = part.id or call["id"]
            call["name"] = part.function.name or call["name"]
            call["arguments"] += part.function.arguments or ""
    return [calls[index] for index in sorted(calls)]


class Weather(BaseModel):
    """The weather at a place."""

    city: str
    days: int


class Mail(BaseModel):
    """Sends mail."""

    to: str
    urgent: bool


TOOLS = [openai.pydantic_function_tool(Weather), openai.pydantic_function_tool(Mail)]


def run():
    wanted = sys.argv[1:] or list(CASES)
    failed = 0
    for name in wanted:
        began = time.monotonic()
        try:
            CASES[name](name)
            result, why = "pass", ""
        except Exception:
            result, why, failed = "FAIL", f"\n{traceback.format_exc()}", failed + 1
        print(f"{result} {name} ({time.monotonic() - began:.2f} s){why}")
    print(f"openai {openai.__version__}: {len(wanted) - failed} of {len(wanted)} cases hold")
    sys.exit(failed != 0)
