"""The OpenAI SDK against a running Tollgate: each case is a function, and says on a line of its own whether it holds.

The environment names where Tollgate is (TOLLGATE, and STRICT for one that allows less), the client's key, and an
email address and a telephone number that no provider may hear of. Behind Tollgate is the scripted provider of
examples/provider: what stands behind a `+` in a model's name tells it what to do.
"""

import asyncio
import json
import time

from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion

import errors  # noqa: F401: its cases
import masked  # noqa: F401: its cases
from cases import HELLO, TOOLS, Weather, accumulated, case, client, equal, run, text_of, user


# ── Replies ───────────────────────────────────────────────────────────────────────────────────────────────────


@case
def plain(name):
    reply = client(name).chat.completions.create(model="gpt-4o", messages=user("Say hello."))
    assert isinstance(reply, ChatCompletion)
    equal(reply.choices[0].message.content, HELLO)
    equal((reply.choices[0].finish_reason, reply.model, reply.object), ("stop", "gpt-4o", "chat.completion"))
    equal(reply.usage.total_tokens, reply.usage.prompt_tokens + reply.usage.completion_tokens)


@case
def plain_with_many_options(name):
    reply = client(name).chat.completions.create(
        model="gpt-4o",
        messages=[
            {"role": "developer", "content": "Be brief."},
            {"role": "user", "name": "ada", "content": [
                {"type": "text", "text": "What is this? 🐈 žluťoučký \u2028"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "iVBORw0KGgo" * 2000}},
            ]},
        ],
        n=2, temperature=0.5, top_p=0.9, seed=7, stop=["\n\n"], max_completion_tokens=5, logprobs=True,
        presence_penalty=0.1, logit_bias={"50256": -100}, user="user-1", metadata={"a": "b"}, store=False,
        extra_body={"a_field_of_tomorrow": {"x": [1, 2.50, None]}},
    )
    equal([choice.finish_reason for choice in reply.choices], ["length", "length"])
    equal(len(reply.choices[0].logprobs.content), 5)


@case
def reply_headers(name):
    raw = client(name).chat.completions.with_raw_response.create(model="gpt-4o", messages=user("Say hello."))
    headers, usage = raw.headers, raw.parse().usage
    equal((headers["x-tollgate-model"], headers["x-tollgate-provider"]), ("gpt-4o", "local"))
    equal(headers["x-tollgate-attempts"], "1")
    equal(headers["x-tollgate-input-tokens"], str(usage.prompt_tokens))
    equal(headers["x-tollgate-output-tokens"], str(usage.completion_tokens))
    assert "target=gpt-4o/local" in headers["x-tollgate-decision"], headers
    assert "x-tollgate-refusal" not in headers and "sk-" not in str(headers), headers


@case
def large_request(name):
    text = "All work and no play makes Jack a dull boy. " * 20000
    reply = client(name).chat.completions.create(model="gpt-4o+echo", messages=user(text))
    equal(len(reply.choices[0].message.content), len(text))


@case
def chain_falls_over(name):
    chain = "gpt-4o+status=500/local,gpt-4o+error_first/local,gpt-4o/local"
    raw = client(name).chat.completions.with_raw_response.create(model=chain, messages=user("Hi"), stream=True)
    equal(text_of(raw.parse()), HELLO)
    equal((raw.headers["x-tollgate-attempts"], raw.headers["x-tollgate-model"]), ("3", "gpt-4o"))


@case
def sdk_tries_again(name):
    model = "gpt-4o+status=429+retry_after=1+times=1"
    reply = client(name, max_retries=1).chat.completions.create(model=model, messages=user("Hi"))
    equal(reply.choices[0].message.content, HELLO)


@case
def models(name):
    listed = list(client(name).models.list())
    equal([model.id for model in listed], ["gpt-4o", "gpt-4o-mini"])
    assert all(model.object == "model" and model.created > 1_700_000_000 for model in listed), listed


@case
def async_client(name):
    async def plain(client, number):
        reply = await client.chat.completions.create(model="gpt-4o+echo", messages=user(f"number {number}"))
        equal(reply.choices[0].message.content, f"number {number}")

    async def streamed(client, number):
        model = "gpt-4o+echo+split=3+gap=2ms"
        stream = await client.chat.completions.create(model=model, messages=user(f"stream {number}"), stream=True)
        equal(text_of([chunk async for chunk in stream]), f"stream {number}")

    async def all_of_them():
        async with client(name, kind=AsyncOpenAI) as own:
            await asyncio.gather(*(each(own, n) for n in range(20) for each in (plain, streamed)))

    asyncio.run(all_of_them())


# ── Streams ───────────────────────────────────────────────────────────────────────────────────────────────────


@case
def streamed(name):
    chunks = list(client(name).chat.completions.create(model="gpt-4o", messages=user("Say hello."), stream=True))
    equal(text_of(chunks), HELLO)
    assert all(chunk.choices for chunk in chunks), "a chunk without choices, which was not asked for"
    equal({chunk.usage for chunk in chunks}, {None})
    equal(chunks[-1].choices[0].finish_reason, "stop")


@case
def streamed_with_usage(name):
    chunks = list(client(name).chat.completions.create(
        model="gpt-4o", messages=user("Say hello."), stream=True, stream_options={"include_usage": True},
    ))
    equal(text_of(chunks), HELLO)
    equal([chunk.usage is not None for chunk in chunks], [False] * (len(chunks) - 1) + [True])
    equal(chunks[-1].choices, [])
    assert chunks[-1].usage.completion_tokens > 5, chunks[-1]


@case
def streamed_without_usage(name):
    chunks = list(client(name).chat.completions.create(
        model="gpt-4o", messages=user("Say hello."), stream=True, stream_options={"include_usage": False},
    ))
    equal((text_of(chunks), {chunk.usage for chunk in chunks}), (HELLO, {None}))


@case
def streamed_however_it_is_cut(name):
    for how in ["chunk=1", "crlf+comments", "cr+chunk=7", "mixed+no_space+fields", "bom", "folded", "burst",
                "bare_end"]:
        create = client(name).chat.completions.create
        equal(text_of(create(model=f"gpt-4o+{how}", messages=user("Hi"), stream=True)), HELLO)


@case
def streamed_as_it_comes(name):
    began, times = time.monotonic(), []
    model = "gpt-4o+tokens=10+gap=60ms"
    for chunk in client(name).chat.completions.create(model=model, messages=user("Hi"), stream=True):
        times.append(time.monotonic() - began)
    assert times[1] < times[-1] / 2, f"held back: {times}"


@case
def stream_helper(name):
    options = {"stream_options": {"include_usage": True}}
    with client(name).chat.completions.stream(model="gpt-4o", messages=user("Say hello."), **options) as stream:
        events = [event.type for event in stream]
        final = stream.get_final_completion()
    equal(final.choices[0].message.content, HELLO)
    assert final.usage.total_tokens > 5, final
    equal((events.count("content.delta") > 5, events.count("content.done")), (True, 1))


@case
def stream_of_several_choices(name):
    chunks = client(name).chat.completions.create(model="gpt-4o", messages=user("Hi"), stream=True, n=3)
    texts = {0: "", 1: "", 2: ""}
    for chunk in chunks:
        for choice in chunk.choices:
            texts[choice.index] += choice.delta.content or ""
    equal(set(texts.values()), {HELLO})


@case
def raw_stream(name):
    create = client(name).chat.completions.with_streaming_response.create
    with create(model="gpt-4o", messages=user("Hi"), stream=True) as reply:
        equal(reply.headers["content-type"].split(";")[0], "text/event-stream")
        lines = [line for line in reply.iter_lines() if line]
    equal(lines[-1], "data: [DONE]")


# ── Tools and structured output ───────────────────────────────────────────────────────────────────────────────


@case
def tool_call(name):
    own = client(name)
    messages = user("Prague")
    model = "gpt-4o+tools+echo"
    reply = own.chat.completions.create(model=model, messages=messages, tools=TOOLS, tool_choice="auto")
    equal(reply.choices[0].finish_reason, "tool_calls")
    [call] = reply.choices[0].message.tool_calls
    equal((call.function.name, json.loads(call.function.arguments)["city"]), ("Weather", "Prague"))
    result = {"role": "tool", "tool_call_id": call.id, "content": '{"sky": "blue"}'}
    messages += [reply.choices[0].message, result]
    reply = own.chat.completions.create(model=model, messages=messages, tools=TOOLS)
    equal((reply.choices[0].finish_reason, reply.choices[0].message.content), ("stop", "Prague"))


@case
def parallel_tool_calls(name):
    reply = client(name).chat.completions.create(model="gpt-4o+parallel+echo", messages=user("Oslo"), tools=TOOLS)
    first, second = reply.choices[0].message.tool_calls
    equal((first.function.name, second.function.name, first.id != second.id), ("Weather", "Mail", True))
    equal((json.loads(first.function.arguments)["city"], json.loads(second.function.arguments)["to"]), ("Oslo",) * 2)


@case
def parallel_tool_calls_streamed(name):
    chunks = client(name).chat.completions.create(
        model="gpt-4o+parallel+echo+split=2", messages=user('say "Oslo"\n'), tools=TOOLS, stream=True,
    )
    first, second = accumulated(chunks)
    equal((first["name"], second["name"], first["id"] != second["id"]), ("Weather", "Mail", True))
    equal(json.loads(first["arguments"])["city"], 'say "Oslo"\n')
    equal(json.loads(second["arguments"])["to"], 'say "Oslo"\n')


@case
def tool_calls_of_the_stream_helper(name):
    # One call: the SDK's helper itself cannot follow two whose fragments come in turn.
    model = "gpt-4o+tools+echo+split=3"
    with client(name).chat.completions.stream(model=model, messages=user("Rome"), tools=TOOLS) as stream:
        [done] = [event for event in stream if event.type == "tool_calls.function.arguments.done"]
        [call] = stream.get_final_completion().choices[0].message.tool_calls
    equal(call.function.parsed_arguments.city, "Rome")
    equal(json.loads(done.arguments), json.loads(call.function.arguments))


@case
def structured_output(name):
    own = client(name).chat.completions
    reply = own.parse(model="gpt-4o+echo", messages=user("Lima"), response_format=Weather)
    equal(reply.choices[0].message.parsed.city, "Lima")
    with own.stream(model="gpt-4o+echo+split=2", messages=user("Lima"), response_format=Weather) as stream:
        equal(stream.get_final_completion().choices[0].message.parsed.city, "Lima")


if __name__ == "__main__":
    run()
