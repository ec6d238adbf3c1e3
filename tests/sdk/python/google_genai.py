"""The Google Gen AI SDK."""

from google import genai
from google.genai import errors, types

from table import ADDRESS, CLIENT_KEY, EMAIL, PERSONAL, Call, Client, Said, equal, is_of, run


class Google(Client):
    name = "google-genai-python"
    version = genai.__version__
    errors = {400: errors.ClientError, 429: errors.ClientError, "cut": errors.APIError, "again": errors.ServerError}

    def client(self, case="", retries=0):
        retry = types.HttpRetryOptions(attempts=retries + 1, initial_delay=0.01) if retries else None
        headers = {"x-sdk-case": f"{self.name}/{case}"}
        options = types.HttpOptions(base_url=f"http://{ADDRESS}", headers=headers, timeout=20_000, retry_options=retry)
        return genai.Client(api_key=CLIENT_KEY, http_options=options)

    def contents(self, turns):
        for turn in turns:
            if isinstance(turn, str):
                yield types.Content(role="user", parts=[types.Part(text=turn)])
            elif isinstance(turn, Said):
                yield turn.native
            else:
                made = lambda call, text: types.FunctionResponse(id=call.id, name=call.name, response={"output": text})  # noqa: E731
                parts = [types.Part(function_response=made(*pair)) for pair in zip(turn.calls, turn.texts, strict=True)]
                yield types.Content(role="user", parts=parts)

    def ask(self, model, turns, stream=False, tools=(), schema=None, think=False, case="", retries=0):
        config = types.GenerateContentConfig()
        if tools:
            made = [types.FunctionDeclaration(name=name, description=what, parameters_json_schema=own) for name, what, own in tools]
            config.tools = [types.Tool(function_declarations=made)]
        if schema:
            config.response_mime_type, config.response_json_schema = "application/json", schema
        if think:
            config.thinking_config = types.ThinkingConfig(include_thoughts=True, thinking_budget=2048)
        more = {"model": model, "contents": list(self.contents(turns)), "config": config}
        own = self.client(case, retries)
        replies = list(own.models.generate_content_stream(**more)) if stream else [own.models.generate_content(**more)]
        said, parts, finish = Said(), [], None
        for reply in replies:
            [candidate] = reply.candidates
            parts += (candidate.content and candidate.content.parts) or []
            finish = candidate.finish_reason or finish
        # Whoever sees a stream without an end has to see that it was cut.
        if finish is None:
            raise errors.APIError(0, {"message": "no finish_reason"})
        for part in parts:
            if part.function_call:
                call = part.function_call
                said.calls.append(Call(call.id, call.name, call.args))
            elif part.thought:
                said.thought += part.text or ""
            else:
                said.text += part.text or ""
        is_of(reply.model_version, model)
        equal(finish, types.FinishReason.STOP)
        said.input = reply.usage_metadata.prompt_token_count
        said.output = reply.usage_metadata.candidates_token_count
        said.native = types.Content(role="model", parts=parts)
        return said

    def status(self, error):
        return error.code

    # The SDK's errors have no headers of a reply.
    wait = None

    def more(self, cases):
        def models():
            own = self.client()
            listed = [one.name for one in own.models.list()]
            assert "models/gpt-4o-mini" in listed, listed
            equal(own.models.get(model="gpt-4o-mini").name, "models/gpt-4o-mini")

        def counts_tokens():
            own = self.client()
            for model in ["gemini-2.5-pro/gemini", "gpt-4o/openai"]:
                count = own.models.count_tokens(model=model, contents=PERSONAL)
                assert 10 < count.total_tokens < 100, count

        def embeds():
            own = self.client()
            for model in ["gemini-embedding-001/gemini", "text-embedding-3-small/openai"]:
                found = own.models.embed_content(model=model, contents=["Hi", f"I am {EMAIL}."])
                equal(len(found.embeddings), 2)
                assert all(len(one.values) > 7 for one in found.embeddings), model

        cases |= {"models": models, "counts_tokens": counts_tokens, "embeds": embeds}


if __name__ == "__main__":
    run(Google())
