"""The table of cases that every client goes through, against targets of every dialect.

A client is one subclass of `Client`, in a file of its own: it turns the turns of a conversation into calls of its SDK,
and what the SDK gives into a `Said`. The environment says where Tollgate is, and what no provider may hear of. Behind
Tollgate is the scripted provider: what stands behind a `+` in a model's name tells it what to do.
"""

import json
import os
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

ADDRESS, CLIENT_KEY = os.environ["ADDRESS"], os.environ["CLIENT_KEY"]
EMAIL, PHONE = os.environ["EMAIL"], os.environ["PHONE"]
PERSONAL = f"Write to {EMAIL} or call {PHONE}, {EMAIL} is better."
SECRET = "My SSN is 536-90-4399."

# Providers, and a model of each. A model's name may be in the answer.
TARGETS = {
    "openai": "gpt-4o",
    "groq": "llama-3.3-70b-versatile",
    "mistral": "mistral-large-latest",
    "anthropic": "claude-sonnet-4-5",
    "gemini": "gemini-2.5-pro",
    "bedrock": "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "cohere": "command-a-03-2025",
}

# Those with which thoughts are asked for, and signed or not.
THINKERS = {
    "anthropic": "claude-sonnet-4-5",
    "gemini": "gemini-2.5-pro",
    "bedrock": "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "cohere": "command-a-reasoning-08-2025",
}

# What can be asked for embeddings.
EMBEDDERS = [
    "text-embedding-3-small/openai", "mistral-embed/mistral", "gemini-embedding-001/gemini",
    "amazon.titan-embed-text-v2:0/bedrock", "embed-v4.0/cohere",
]

CITY = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
    "required": ["city", "days"],
    "additionalProperties": False,
}
MAIL = {
    "type": "object",
    "properties": {"to": {"type": "string"}, "urgent": {"type": "boolean"}},
    "required": ["to", "urgent"],
    "additionalProperties": False,
}
TOOLS = [("weather", "The weather at a place.", CITY), ("mail", "Sends mail.", MAIL)]


@dataclass
class Call:
    """A call of a tool."""

    id: str | None
    name: str
    arguments: dict


@dataclass
class Said:
    """What a model says in one turn. `native` is what the SDK wants back in the next."""

    text: str = ""
    thought: str = ""
    calls: list[Call] = field(default_factory=list)
    input: int = 0
    output: int = 0
    native: Any = None


@dataclass
class Results:
    """What the tools gave, one text for each call of the turn before."""

    calls: list[Call]
    texts: list[str]


class Client:
    """One client. What a subclass leaves out, its SDK does not have."""

    name = "?"
    version = "?"
    targets = TARGETS
    thinkers = THINKERS
    # Targets whose thoughts the SDK shows.
    shows_thoughts = set(THINKERS)
    # Targets whose streams of calls the SDK can read.
    streams_calls = set(TARGETS)
    has_schemas = True
    streams = (False, True)
    errors: dict = {}

    def ask(self, model, turns, stream=False, tools=(), schema=None, think=False, case="", retries=0) -> Said:
        """Asks `model`. `turns` are texts of the user, `Said`s and `Results`."""
        raise NotImplementedError

    def status(self, error):
        return error.status_code

    def wait(self, error):
        """The `retry-after` that an error tells of."""
        return error.response.headers["retry-after"]

    def more(self, cases):
        """Adds cases of one's own."""


def hello(model):
    return f"Hello from the scripted provider, answering as {model}. How can I help you today?"


def equal(found, wanted):
    assert found == wanted, f"\n  found  {found!r}\n  wanted {wanted!r}"


def raised(kinds, call):
    try:
        found = call()
    except Exception as error:
        assert isinstance(error, kinds), f"{type(error).__name__} in place of {kinds}: {error}"
        return error
    raise AssertionError(f"nothing was raised: {found!r}")


def cases_of(client):
    """Name and function of every case."""
    cases = {}
    for provider, model in client.targets.items():
        for stream in client.streams:
            how = "streamed" if stream else "plain"
            for function in [says, masks, calls_tools, refuses, is_limited, keeps_schema]:
                if function is keeps_schema and not client.has_schemas:
                    continue
                if function is calls_tools and stream and provider not in client.streams_calls:
                    continue
                name = f"{function.__name__}/{provider}/{how}"
                cases[name] = lambda name=name, function=function, at=(model, provider), stream=stream: function(
                    client, name, at, stream
                )
            if provider in client.thinkers:
                at = (client.thinkers[provider], provider)
                name = f"thinks/{provider}/{how}"
                cases[name] = lambda name=name, at=at, stream=stream: thinks(client, name, at, stream)
        for stream in client.streams:
            name = f"is_ended/{provider}/{'streamed' if stream else 'plain'}"
            cases[name] = lambda name=name, at=(model, provider), stream=stream: is_ended(client, name, at, stream)
        if True in client.streams:
            name = f"is_cut/{provider}"
            cases[name] = lambda name=name, at=(model, provider): is_cut(client, name, at)
    name = "tries_again"
    if "again" in client.errors:
        cases[name] = lambda: tries_again(client, name)
    client.more(cases)
    return cases


def says(client, name, at, stream):
    said = client.ask(model(at), ["Hi"], stream, case=name)
    equal(said.text, hello(at[0]))
    assert said.input is None or (said.input > 0 and said.output > 5), (said.input, said.output)


def masks(client, name, at, stream):
    equal(client.ask(model(at, "echo+split=3"), [PERSONAL], stream, case=name).text, PERSONAL)


def calls_tools(client, name, at, stream):
    asked = model(at, "parallel+echo")
    text = f"Mail {EMAIL}!"
    first = client.ask(asked, [text], stream, tools=TOOLS, case=name)
    # Not every provider keeps the order of an object's members.
    found = [(call.name, call.arguments) for call in first.calls]
    equal(found, [("weather", {"city": text, "days": 1}), ("mail", {"to": text, "urgent": True})])
    results = Results(first.calls, ["sunny", f'{{"sent": "{EMAIL}"}}'])
    second = client.ask(asked, [text, first, results], stream, tools=TOOLS, case=name)
    equal((second.calls, bool(second.text)), ([], True))
    third = client.ask(asked, [text, first, results, second, f"{EMAIL}?"], stream, case=name, tools=TOOLS)
    equal([list(call.arguments.values())[0] for call in third.calls], [f"{EMAIL}?"] * 2)


def thinks(client, name, at, stream):
    asked = model(at, "tools+think=Let_me_see._Aha!")
    first = client.ask(asked, ["Hi"], stream, tools=TOOLS, think=True, case=name)
    if at[1] in client.shows_thoughts:
        equal(first.thought, "Let_me_see._Aha!")
    equal([(call.name, call.arguments) for call in first.calls], [("weather", {"city": "text", "days": 1})])
    results = Results(first.calls, ["sunny"])
    second = client.ask(asked, ["Hi", first, results], stream, tools=TOOLS, think=True, case=name)
    equal(second.text, hello(at[0]))
    third = client.ask(model(at), ["Hi", first, results, second, "And now?"], stream, think=True, tools=TOOLS, case=name)
    equal(third.text, hello(at[0]))


def keeps_schema(client, name, at, stream):
    said = client.ask(model(at, "echo"), [f"To {EMAIL}"], stream, schema=CITY, case=name)
    equal(json.loads(said.text), {"city": f"To {EMAIL}", "days": 1})


def refuses(client, name, at, stream):
    error = raised(client.errors[400], lambda: client.ask(model(at), [SECRET], stream, case=name))
    equal(client.status(error), 400)
    assert "us_ssn" in str(error) and "536" not in str(error), str(error)


def is_limited(client, name, at, stream):
    ask = lambda: client.ask(model(at, "status=429+retry_after=7"), ["Hi"], stream, case=name)  # noqa: E731
    error = raised(client.errors[429], ask)
    equal(client.status(error), 429)
    assert "oo many requests" in str(error).lower() or "ate limit" in str(error).lower(), str(error)
    if client.wait:
        equal(client.wait(error), "7")


def is_cut(client, name, at):
    raised(client.errors["cut"], lambda: client.ask(model(at, "end_after=4"), ["Hi"], True, case=name))


def is_ended(client, name, at, stream):
    """A reply that says what it may not is an error, also where its beginning has been told."""
    text = "Look out of the window, there is something in the water over there, a Blue Heron. And so on."
    kinds = client.errors["cut" if stream else 400]
    error = raised(kinds, lambda: client.ask(model(at, "echo+split=3"), [text], stream, case=name))
    assert "Heron" not in str(error), str(error)


def tries_again(client, name):
    for provider in ["openai", "anthropic"]:
        if provider not in client.targets:
            continue
        # What is said is another text each time: the provider counts how often it has heard this very script.
        twice = lambda: model((client.targets[provider], provider), f"status=503+times=2+say={time.time_ns()}")  # noqa: E731
        asked = twice()
        error = raised(client.errors["again"], lambda: client.ask(asked, ["Hi"], case=name, retries=1))
        equal(client.status(error), 503)
        # Now it has been heard twice, no more and no less.
        equal(client.ask(asked, ["Hi"], case=name).text, hello(client.targets[provider]))
        equal(client.ask(twice(), ["Hi"], case=name, retries=2).text, hello(client.targets[provider]))


def is_of(found, asked):
    """A provider of the client's own dialect says by itself what the model is called."""
    assert found in (asked, asked.split("/")[0].split("+")[0]), f"{found} in place of {asked}"


def model(at, switches=""):
    name, provider = at
    if provider == "mistral":
        switches = "+".join(filter(None, ["mistral", switches]))
    return f"{name}{'+' if switches else ''}{switches}/{provider}"


def loaded(text):
    return json.loads(text) if text else {}


def run(client):
    """Runs the cases whose names have one of the arguments in them, two at a time."""
    cases = cases_of(client)
    wanted = [name for name in cases if not sys.argv[1:] or any(part in name for part in sys.argv[1:])]

    def one(name):
        began = time.monotonic()
        try:
            cases[name]()
            return True, f"pass {name} ({time.monotonic() - began:.2f} s)"
        except Exception as error:
            own = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
            why = [*traceback.format_list(own[2:]), *traceback.format_exception_only(error)]
            return False, f"FAIL {name} ({time.monotonic() - began:.2f} s)\n{''.join(why)[:3000]}"

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(one, wanted))
    for good, line in results:
        if not good or sys.argv[1:]:
            print(line)
    failed = sum(not good for good, _ in results)
    print(f"{client.name} {client.version}: {len(wanted) - failed} of {len(wanted)} cases hold")
    sys.exit(failed != 0)
