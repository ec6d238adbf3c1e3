"""Looks at bodies, one JSON object a line, with the types of the providers' own SDKs.

Unknown fields are faults too, but for those in EXTRA. A folder as
second argument has botocore's service-2.json of Bedrock's runtime, to be used in place of the packaged one.
"""

import inspect
import json
import sys
import typing
import warnings
from pathlib import Path

import botocore.loaders
import botocore.model
import botocore.validate
from pydantic import BaseModel, TypeAdapter, ValidationError

from shape import Misfit, fit

warnings.filterwarnings("ignore")

# What kinds have by their API references, and the types here have not.
EXTRA = {
    # The SDK's types are those of the newest models, which have none of these.
    "anthropic": {"temperature", "top_p", "top_k"},
    "groq": {"stream_options"},
    "deepseek": {"reasoning_content", "thinking"},
    "openrouter": {"extra_content", "reasoning", "reasoning_details", "top_k", "cache_control"},
    "vllm": {"top_k"},
}


def anthropic(case):
    from anthropic.types.message_create_params import MessageCreateParams

    newest = case["model"] == "claude-opus-4-7"
    fit(case["body"], MessageCreateParams, extra=frozenset() if newest else EXTRA["anthropic"])


def openai_chat(case):
    from openai.types.chat.completion_create_params import CompletionCreateParams

    fit(case["body"], CompletionCreateParams, extra=EXTRA.get(case["kind"], frozenset()))


def groq(case):
    from groq.types.chat.completion_create_params import CompletionCreateParams

    fit(case["body"], CompletionCreateParams, extra=EXTRA["groq"])


def mistral(case):
    from mistralai.client.models import ChatCompletionRequest

    whole(ChatCompletionRequest.model_validate(case["body"]).model_dump(by_alias=True), case["body"])


def whole(read, sent, path=""):
    """Nothing of what was sent is passed over."""
    if isinstance(sent, dict) and isinstance(read, dict):
        for key, value in sent.items():
            if key not in read:
                raise Misfit(f"{path}.{key}", "no such field")
            whole(read[key], value, f"{path}.{key}")
    elif isinstance(sent, list) and isinstance(read, list):
        for at, (own, value) in enumerate(zip(read, sent)):
            whole(own, value, f"{path}[{at}]")


def cohere(case):
    import cohere as sdk

    body = case["body"]
    kinds = {
        "messages": sdk.ChatMessages,
        "tools": typing.List[sdk.ToolV2],
        "response_format": sdk.ResponseFormatV2,
        "thinking": sdk.Thinking,
    }
    # The rest of v2's parameters are arguments of the client's method.
    arguments = set(inspect.signature(sdk.ClientV2.chat).parameters) | {"stream"}
    for key, value in body.items():
        if key not in arguments:
            raise Misfit(key, "no such argument")
        if key in kinds:
            adapter = TypeAdapter(kinds[key])
            declared(adapter.validate_python(value), key)


def declared(read, path):
    """Models that keep unknown fields have none."""
    if isinstance(read, BaseModel):
        if read.model_extra:
            raise Misfit(path, f"{type(read).__name__} has no {sorted(read.model_extra)}")
        for key in type(read).model_fields:
            declared(getattr(read, key), f"{path}.{key}")
    elif isinstance(read, list):
        for at, item in enumerate(read):
            declared(item, f"{path}[{at}]")


def gemini(case):
    from google.genai import types

    # The SDK's config has what stands at the top of a body and what stands in generationConfig.
    body = case["body"]
    for content in body["contents"]:
        types.Content.model_validate(content)
    config = dict(body.get("generationConfig", {}))
    for key in ("tools", "toolConfig", "systemInstruction", "safetySettings", "serviceTier"):
        if key in body:
            config[key] = body[key]
    types.GenerateContentConfig.model_validate(config)
    known = {"contents", "generationConfig", "tools", "toolConfig", "systemInstruction", "safetySettings"}
    known |= {"serviceTier", "labels", "cachedContent"}
    unknown = set(body) - known
    if unknown:
        raise ValueError(f"unknown fields {unknown}")


def bedrock(folder):
    if folder:
        raw = json.loads((Path(folder) / "bedrock-runtime-service-2.json").read_text())
    else:
        raw = botocore.loaders.Loader().load_service_model("bedrock-runtime", "service-2")
    service = botocore.model.ServiceModel(raw)
    shape = service.operation_model("Converse").input_shape
    validator = botocore.validate.ParamValidator()

    # botocore takes bytes where JSON has base64.
    def unwrapped(value, shape):
        if shape.type_name == "structure" and not getattr(shape, "is_document_type", False):
            unknown = set(value) - set(shape.members)
            if unknown:
                raise ValueError(f"{shape.name} has no {unknown}")
            return {key: unwrapped(member, shape.members[key]) for key, member in value.items()}
        if shape.type_name == "list":
            return [unwrapped(item, shape.member) for item in value]
        if shape.type_name == "blob":
            return value.encode()
        enum = getattr(shape, "enum", None)
        if enum and value not in enum:
            raise ValueError(f"{shape.name}: {value!r} is none of {enum}")
        return value

    def check(case):
        body = case["body"]
        report = validator.validate(unwrapped({"modelId": "m", **body}, shape), shape)
        if report.has_errors():
            raise ValueError(report.generate_report())

    return check


def main():
    folder = sys.argv[2] if len(sys.argv) > 2 else None
    checks = {
        "openai-chat": openai_chat,
        "anthropic": anthropic,
        "gemini": gemini,
        "bedrock": bedrock(folder),
        "cohere": cohere,
        "mistral": mistral,
        "groq": groq,
    }
    faults = seen = 0
    for line in Path(sys.argv[1]).read_text().splitlines():
        case = json.loads(line)
        check = checks.get(case["kind"]) or checks[case["dialect"]]
        seen += 1
        try:
            check(case)
        except (Misfit, ValidationError, ValueError) as fault:
            faults += 1
            name = f"{case['client']} → {case['kind']} ({case['model']}): {case['feature']}"
            print(f"{name}\n  {str(fault)[:1200]}\n  {json.dumps(case['body'])[:1500]}\n")
    print(f"{seen} bodies, {faults} faults")
    sys.exit(1 if faults or seen < 500 else 0)


main()
