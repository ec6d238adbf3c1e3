"""Personal data: the provider hears placeholders, which main.rs sees to; the client gets its own data back."""

import json
import os

import openai

from cases import TOOLS, Weather, accumulated, case, client, equal, raised, user

EMAIL, PHONE = os.environ["EMAIL"], os.environ["PHONE"]
PERSONAL = f"Write to {EMAIL} or call {PHONE}, {EMAIL} is better."


@case
def masked_plain(name):
    raw = client(name).chat.completions.with_raw_response.create(model="gpt-4o+echo", messages=user(PERSONAL))
    equal(raw.parse().choices[0].message.content, PERSONAL)
    decision = raw.headers["x-tollgate-decision"]
    assert "email=masked:2" in decision and "phone=masked:1" in decision, decision


@case
def masked_streamed(name):
    for how in ["split=1", "split=3", "chunk=1", "burst", "gap=1ms"]:
        chunks = client(name).chat.completions.create(
            model=f"gpt-4o+echo+{how}", messages=user(PERSONAL), stream=True, n=2,
        )
        texts = {0: "", 1: ""}
        for choice in (choice for chunk in chunks for choice in chunk.choices):
            texts[choice.index] += choice.delta.content or ""
        equal(texts, {0: PERSONAL, 1: PERSONAL})


@case
def masked_tool_arguments(name):
    own, text = client(name).chat.completions, f'"{EMAIL}"\n{PHONE}'
    for how in ["parallel", "parallel+split=1", "parallel+split=7"]:
        ask = {"model": f"gpt-4o+echo+{how}", "messages": user(text), "tools": TOOLS}
        calls = own.create(**ask).choices[0].message.tool_calls
        equal(json.loads(calls[0].function.arguments)["city"], text)
        calls = accumulated(own.create(**ask, stream=True))
        equal([json.loads(call["arguments"])[key] for call, key in zip(calls, ["city", "to"])], [text, text])


@case
def masked_structured(name):
    own, text = client(name).chat.completions, f'"{EMAIL}" {PHONE}'
    reply = own.parse(model="gpt-4o+echo", messages=user(text), response_format=Weather)
    equal(reply.choices[0].message.parsed.city, text)


@case
def masked_in_a_conversation(name):
    arguments = json.dumps({"to": EMAIL, "urgent": True})
    call = {"id": "call_1", "type": "function", "function": {"name": "Mail", "arguments": arguments}}
    messages = [
        {"role": "system", "content": [{"type": "text", "text": f"The boss is {EMAIL}."}]},
        *user("Mail the boss."),
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_1", "content": f"sent to {EMAIL}"},
        *user(f"To {EMAIL}?"),
    ]
    reply = client(name).chat.completions.create(model="gpt-4o+echo", messages=messages)
    equal(reply.choices[0].message.content, f"To {EMAIL}?")


@case
def blocked(name):
    create = client(name).chat.completions.create
    error = raised(openai.BadRequestError, lambda: create(model="gpt-4o", messages=user("My SSN is 536-90-4399.")))
    equal((error.code, error.type), ("personal_data_blocked", "invalid_request_error"))
    assert "us_ssn" in error.message and "536" not in error.message, error.message
