"""Errors: those of a provider, those of Tollgate, streams that break, clients that leave."""

import openai

from cases import HELLO, STRICT, case, client, equal, raised, text_of, user


@case
def errors_of_the_provider(name):
    for status, kind in [
        (400, openai.BadRequestError),
        (401, openai.AuthenticationError),
        (403, openai.PermissionDeniedError),
        (404, openai.NotFoundError),
        (409, openai.ConflictError),
        (422, openai.UnprocessableEntityError),
        (429, openai.RateLimitError),
        (500, openai.InternalServerError),
        (503, openai.InternalServerError),
    ]:
        for stream in [False, True]:
            ask = {"model": f"gpt-4o+status={status}+retry_after=7", "messages": user("Hi"), "stream": stream}
            error = raised(kind, lambda: client(name).chat.completions.create(**ask))
            equal((error.status_code, error.response.headers["retry-after"]), (status, "7"))
            assert isinstance(error.body, dict) and error.body["message"], error.body
            assert "x-tollgate-refusal" not in error.response.headers, error.response.headers


@case
def errors_that_are_not_json(name):
    create = client(name).chat.completions.create
    error = raised(openai.InternalServerError, lambda: create(model="gpt-4o+html=502", messages=user("Hi")))
    equal((error.status_code, error.code), (502, "provider_error"))
    error = raised(openai.InternalServerError, lambda: create(model="gpt-4o+reset", messages=user("Hi")))
    equal((error.status_code, error.code), (503, "provider_unreachable"))


@case
def refusals(name):
    own = client(name).chat.completions
    error = raised(openai.BadRequestError, lambda: own.create(model="gpt-4o", messages="Hi"))
    equal((error.code, error.param), ("invalid_field", "messages"))
    error = raised(openai.BadRequestError, lambda: own.create(model="gpt-4o,", messages=user("Hi")))
    equal((error.code, error.param), ("invalid_chain", "model"))
    error = raised(openai.InternalServerError, lambda: own.create(model="gpt-4o/openai", messages=user("Hi")))
    equal((error.status_code, error.code), (503, "provider_not_configured"))
    equal(error.response.headers["x-tollgate-refusal"], "provider_not_configured")


@case
def refusals_of_a_strict_gateway(name):
    own = client(name, base=STRICT).chat.completions
    error = raised(openai.NotFoundError, lambda: own.create(model="gtp-4o", messages=user("Hi")))
    equal((error.code, error.param), ("model_not_found", "model"))
    assert "Did you mean gpt-4o" in error.message, error.message
    error = raised(openai.BadRequestError, lambda: own.create(model="gpt-4o", messages=user("word " * 3000)))
    equal((error.code, error.param), ("context_length_exceeded", "messages"))
    error = raised(openai.APIStatusError, lambda: own.create(model="gpt-4o", messages=user("word " * 300_000)))
    equal((error.status_code, error.code), (413, "body_too_large"))
    equal(own.create(model="gpt-4o", messages=user("Hi")).choices[0].message.content, HELLO)


@case
def streams_that_break(name):
    own = client(name).chat.completions

    def read(model):
        text.clear()
        for chunk in own.create(model=model, messages=user("Hi"), stream=True):
            text.append(text_of([chunk]))

    for model, code in [("gpt-4o+end_after=4", "stream_cut"), ("gpt-4o+error_mid=4", "overloaded")]:
        text = []
        error = raised(openai.APIError, lambda: read(model))
        equal((error.code, bool("".join(text))), (code, True))
    error = raised(openai.InternalServerError, lambda: read("gpt-4o+error_first"))
    equal((error.status_code, error.code), (503, "overloaded"))
    try:
        read("gpt-4o+reset_after=4")
    except Exception as error:  # the SDK lets its HTTP library's own exception through
        assert "peer closed" in str(error) or "Connection error" in str(error), repr(error)
    else:
        raise AssertionError("a stream that was reset looks complete")


@case
def client_that_leaves(name):
    own = client(name, timeout=0.3)
    ask = {"model": "gpt-4o+latency=5s", "messages": user("Hi")}
    raised(openai.APITimeoutError, lambda: own.chat.completions.create(**ask))
    with client(name).chat.completions.create(model="gpt-4o+gap=50ms", messages=user("Hi"), stream=True) as stream:
        next(stream)
    equal(client(name).chat.completions.create(model="gpt-4o", messages=user("Hi")).choices[0].message.content, HELLO)
