#!/usr/bin/env python3
"""Writes the built-in price tables, one file of src/prices/tables for each kind of provider.

    src/prices/build/generate.py FOLDER [DATE]

FOLDER holds the public tables, of which only names of models and figures are taken:

    litellm-*model_prices.json   LiteLLM's model_prices_and_context_window.json
    genai-prices-data.json       genai-prices' data.json
    models_dev-*.json            models.dev's api.json

DATE (YYYY-MM-DD, today) is what src/prices/tables/DATE says; the same input and date give the same files.
Python 3.9, no packages.

Models that LiteLLM knows to be retired for a year are left out. Which source wins: LiteLLM, as it alone tells service tiers, caches of an hour and audio apart; for
OpenRouter, which it does not list, genai-prices before models.dev. The others add models that the first
does not have. Prices that change on a day are genai-prices', where the winner has those of one of its
periods. Where two sources differ in the price of input or output, standard error says so: the winner, the others.

A line is a name and its prices in USD: per million tokens, q, s and g per thousand.

    i input   c cached input   w cache write (5 minutes)   W cache write (1 hour)   o output   r reasoning
    a audio in   x cached audio in   A audio out   m image in   M image out
    q a request   s a search   g a request that searched
    u times this outside the global location (Vertex AI)

What follows a mark differs in these: @b batch, @f flex, @p priority, >200000 an input longer than this (the
whole request then costs so), @b>200000 both; @b*.5 all of it times this. | begins the prices that hold
from a day on. ! at the end: a geography before the name (us., eu.) has another price, and is listed if known.
"""

import datetime
import json
import pathlib
import re
import sys
from decimal import Decimal

# Kinds in src/dialect/row.rs, and what the three sources call them.
KINDS = {
    "openai": (["openai", "text-completion-openai"], ["openai"], ["openai"]),
    "anthropic": (["anthropic"], ["anthropic"], ["anthropic"]),
    "gemini": (["gemini"], ["google"], ["google"]),
    "vertex": (
        ["vertex_ai", "vertex_ai-language-models", "vertex_ai-anthropic_models", "vertex_ai-embedding-models",
         "vertex_ai-mistral_models", "vertex_ai-llama_models", "vertex_ai-deepseek_models", "vertex_ai-qwen_models",
         "vertex_ai-openai_models", "vertex_ai-zai_models", "vertex_ai-minimax_models", "vertex_ai-moonshot_models",
         "vertex_ai-ai21_models"],
        [], ["google-vertex", "google-vertex-anthropic"]),
    "bedrock": (["bedrock_converse", "bedrock"], [], ["amazon-bedrock"]),
    "azure": (["azure", "azure_text", "azure_ai"], ["azure"], ["azure"]),
    "mistral": (["mistral", "codestral"], ["mistral"], ["mistral"]),
    "cohere": (["cohere_chat", "cohere"], ["cohere"], ["cohere"]),
    "groq": (["groq"], ["groq"], ["groq"]),
    "deepseek": (["deepseek"], [], ["deepseek"]),
    "xai": (["xai"], ["x-ai"], ["xai"]),
    "openrouter": ([], ["openrouter"], ["openrouter"]),
    "together": (["together_ai"], ["together"], ["togetherai"]),
    "fireworks": (["fireworks_ai", "fireworks_ai-embedding-models"], ["fireworks"], ["fireworks-ai"]),
    "cerebras": (["cerebras"], ["cerebras"], ["cerebras"]),
    "deepinfra": (["deepinfra"], [], ["deepinfra"]),
    "perplexity": (["perplexity"], ["perplexity"], ["perplexity"]),
    "sambanova": (["sambanova"], [], []),
    "moonshot": (["moonshot"], ["moonshotai"], ["moonshotai"]),
    "zai": (["zai"], [], ["zai"]),
    # A model at Hugging Face has a price once its name says who serves it: MODEL:PROVIDER.
    "huggingface": ([], ["huggingface_*"], []),
}

# What is sold by the token; a picture, a second or a page is not counted.
MODES = {"chat", "responses", "completion", "embedding"}

BASE = {
    "input_cost_per_token": "i", "cache_read_input_token_cost": "c", "cache_creation_input_token_cost": "w",
    "cache_creation_input_token_cost_above_1hr": "W", "output_cost_per_token": "o",
    "output_cost_per_reasoning_token": "r", "input_cost_per_audio_token": "a",
    "cache_read_input_audio_token_cost": "x", "output_cost_per_audio_token": "A",
    "input_cost_per_image_token": "m", "output_cost_per_image_token": "M",
}
TIERS = {"batches": "@b", "flex": "@f", "priority": "@p"}
LETTERS = "icwWoraxAmMqsgu"
MILLION = Decimal(1_000_000)

# Charged beside the tokens by what no reply counts: such a model has no price here.
BESIDE = {"citation_cost_per_token"}


def decimal(value):
    """A figure without the noise of binary fractions, to a millionth of a USD."""
    return round(Decimal(repr(value) if isinstance(value, float) else str(value)), 12)


def per_million(value):
    return round(decimal(value) * MILLION, 6)


def litellm_row(key_name, entry):
    """{mark: {letter: price}}; the mark of the standard prices is ''."""
    rows = {}
    for key, value in entry.items():
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            continue
        found = re.fullmatch(r"(.*?)(?:_above_(\d+)k_tokens)?(?:_(batches|flex|priority))?", key)
        name, above, tier = found.groups()
        if name not in BASE:
            continue
        mark = TIERS.get(tier, "") + (f">{int(above) * 1000}" if above else "")
        rows.setdefault(mark, {})[BASE[name]] = per_million(value)
    tiers = entry.get("tiered_pricing")
    for tier in tiers if isinstance(tiers, list) else []:
        if "range" not in tier:
            return None
        start = int(tier["range"][0])
        row = rows.setdefault(f">{start}" if start else "", {})
        for key, value in tier.items():
            if key in BASE:
                row[BASE[key]] = per_million(value)
    base = rows.get("")
    if not base or "i" not in base:
        return None
    if entry.get("mode") == "embedding":
        base.pop("o", None)
    if "input_cost_per_request" in entry:
        base["q"] = decimal(entry["input_cost_per_request"]) * 1000
    sizes = entry.get("search_context_cost_per_query")
    low = "search_context_size_low"
    if entry["litellm_provider"] == "perplexity" and isinstance(sizes, dict) and low in sizes:
        # Each request pays it; where the client asks for more than the default, the reply says its cost.
        base["q"] = decimal(sizes[low]) * 1000
    elif key_name.find("-search-preview") >= 0 and isinstance(sizes, dict):
        # They search in each request, and chat completions count no searches; the default is medium.
        base["q"] = decimal(sizes["search_context_size_medium"]) * 1000
    elif isinstance(sizes, dict):
        prices = {decimal(price) * 1000 for price in sizes.values()}
        # A size of the search that nothing in the reply tells: the price is not known.
        if len(prices) == 1:
            base["s"] = prices.pop()
    uplift = entry.get("regional_endpoint_uplift_multiplier")
    if isinstance(uplift, (int, float)) and uplift != 1:
        base["u"] = decimal(uplift)
    return rows


GENAI = {"input_mtok": "i", "cache_read_mtok": "c", "cache_write_mtok": "w", "output_mtok": "o",
         "input_audio_mtok": "a", "cache_audio_read_mtok": "x", "output_audio_mtok": "A",
         "requests_kcount": "q"}


def genai_rows(prices):
    """[(first day or None, rows)], or None where the time of day decides."""
    periods = prices if isinstance(prices, list) else [{"prices": prices}]
    out = []
    for period in periods:
        constraint = period.get("constraint") or {}
        if set(constraint) - {"start_date"}:
            return None
        rows = {"": {}}
        for key, value in period["prices"].items():
            letter = GENAI[key]
            if isinstance(value, dict):
                rows[""][letter] = decimal(value["base"])
                for tier in value["tiers"]:
                    rows.setdefault(f">{tier['start']}", {})[letter] = decimal(tier["price"])
            else:
                rows[""][letter] = decimal(value)
        if "i" not in rows[""]:
            return None
        out.append((constraint.get("start_date"), rows))
    return out


def models_dev_row(cost):
    names = {"input": "i", "cache_read": "c", "cache_write": "w", "output": "o", "reasoning": "r",
             "input_audio": "a", "output_audio": "A"}

    def row(of):
        return {names[key]: decimal(value) for key, value in of.items() if key in names}

    rows = {"": row(cost)}
    if "i" not in rows[""]:
        return None
    for tier in cost.get("tiers") or []:
        rows[f">{tier['tier']['size']}"] = row(tier)
    if not cost.get("tiers") and cost.get("context_over_200k"):
        rows[">200000"] = row(cost["context_over_200k"])
    return rows


GEOGRAPHIES = ("us.", "eu.", "apac.", "global.", "jp.", "au.", "us-gov.", "ca.")


def name_of(kind, provider, key):
    """The name as the provider takes it, in small letters; None: not a name of the provider's own."""
    name = key.lower()
    first = {"azure": ["azure/", "azure_ai/"], "bedrock": ["bedrock/"], "vertex": ["vertex_ai/"],
             "together": ["together_ai/"], "fireworks": ["fireworks_ai/"],
             "mistral": ["mistral/", "codestral/"], "openai": ["openai/"]}
    for prefix in first.get(kind, [kind + "/"]):
        if provider and name.startswith(prefix):
            name = name[len(prefix):]
            break
    if kind == "azure":
        for prefix in ("global-standard/", "global/"):
            name = name.removeprefix(prefix)
        # Zones of data have other prices, and no deployment's name says its zone.
        if re.match(r"(us|eu|ca)/|.*-deployment$", name):
            return None
    if kind == "bedrock":
        if re.search(r"commitment|invoke/|converse/|claude_platform", name):
            return None
        # A region's own price: REGION/MODEL.
        if "/" in name and not re.fullmatch(r"[a-z]+(-[a-z]+)+-\d/[a-z0-9]+\.[^/]+", name):
            return None
        if "." not in name:
            return None
    if kind == "fireworks":
        name = name.removeprefix("accounts/fireworks/models/")
    if kind == "together" and "/" not in name:
        return None
    if kind == "perplexity" and "/" in name:
        return None
    if kind == "vertex":
        if re.match(r"(openai|google|meta|mistralai|deepseek-ai|qwen|zai-org|minimaxai|moonshotai|xai)/", name):
            pass
        elif "/" in name:
            return None
    if kind == "gemini":
        name = name.removeprefix("models/")
    if kind in ("openai", "anthropic", "xai", "deepseek", "mistral", "cohere", "moonshot", "zai") and "/" in name:
        return None
    if not re.fullmatch(r"[!-~]+", name):
        return None
    return name


def read(folder):
    def one(pattern):
        files = sorted(folder.glob(pattern))
        if len(files) != 1:
            sys.exit(f"{folder} must hold one {pattern}, and holds {len(files)}")
        return json.loads(files[0].read_text(encoding="utf-8"))

    return one("litellm-*.json"), one("genai-prices-data.json"), one("models_dev-*.json")


def is_free(rows):
    return not any(rows[""].get(letter) for letter in "ioq")


def gather(kind, litellm, genai, models_dev, date):
    """{name: [(source, [(day, rows)])]}, the winner first."""
    found, retired = {}, set()
    year_before = f"{int(date[:4]) - 1}{date[4:]}"

    def add(source, name, periods):
        # Nothing is free but what says so: elsewhere 0 stands for what a table does not know.
        if name is None or not periods or name in retired or (is_free(periods[-1][1]) and not name.endswith(":free")):
            return
        rest = found.setdefault(name, [])
        if all(other != source for other, _ in rest):
            rest.append((source, periods))

    ours, theirs, third = KINDS[kind]
    # A name that stands without a prefix first: it is the provider's own.
    for provider in ours:
        for key, entry in litellm.items():
            by_token = entry.get("mode") in MODES or "output_cost_per_image_token" in entry
            if entry.get("litellm_provider") == provider and by_token:
                name = name_of(kind, provider, key)
                # What would be found under another name then stays, for it may have had another price.
                gone = entry.get("deprecation_date", date) < year_before and name == plain(kind, name)
                if gone or any(entry.get(beside) for beside in BESIDE):
                    retired.add(name)
                    continue
                rows = litellm_row(key, entry)
                if rows:
                    add("litellm", name, [(None, rows)])
    for provider in genai:
        pattern = theirs[0] if theirs else None
        if pattern is None or not (provider["id"] == pattern or
                                   pattern.endswith("*") and provider["id"].startswith(pattern[:-1])):
            continue
        tail = ":" + provider["id"].removeprefix(pattern[:-1]) if pattern.endswith("*") else ""
        for model in provider["models"]:
            names = {model["id"] + tail} | ({each + tail for each in equals(model["match"])})
            periods = genai_rows(model["prices"])
            for name in sorted(names):
                # Without its maker a name of OpenRouter's is no name.
                if periods and not (kind in ("openrouter", "huggingface") and "/" not in name):
                    add("genai-prices", name_of(kind, None, name), periods)
                elif name.endswith(":free") and "/" in name:
                    add("genai-prices", name.lower(), [(None, {"": {"i": Decimal(0), "o": Decimal(0)}})])
    for provider in third:
        for key, model in models_dev.get(provider, {}).get("models", {}).items():
            rows = models_dev_row(model.get("cost") or {})
            if rows:
                add("models.dev", name_of(kind, None, key), [(None, rows)])
    return found


def equals(match):
    if "equals" in match:
        return [match["equals"]]
    return [name for part in match.get("or", []) for name in equals(part)]


def completed(kind, name, rows):
    """What a provider's pages say for all of its models, where the source leaves it out."""
    base = rows[""]
    claude = "claude" in name
    # Anthropic, "Prompt caching": a write costs a quarter more than the input, one for an hour twice as much.
    if claude and base.get("w", base["i"]) < base["i"]:
        base["w"] = base["i"] * Decimal("1.25")
    if claude and kind in ("anthropic", "vertex", "bedrock", "azure") and "w" in base and "W" not in base:
        base["W"] = base["i"] * 2
    # Google, "Grounding with Google Search": up to Gemini 2.5 a request is charged, from 3 on a search.
    if kind in ("gemini", "vertex") and "s" in base and re.match(r"gemini-[12][.-]", name):
        base["g"] = base.pop("s")
    # Anthropic, "Batch processing": half of every price.
    if claude and kind == "anthropic":
        rows.setdefault("@b", {letter: price / 2 for letter, price in base.items() if letter not in "sqgu"})
    # Groq, "Flex processing": at the price of on demand.
    if kind == "groq":
        rows.setdefault("@f", {letter: price for letter, price in base.items() if letter not in "sqgu"})
    return rows


def tidy(rows):
    """Without what says nothing: a price equal to the one that stands in for it."""
    base = rows[""]
    stands_in = {"c": "i", "w": "i", "W": "w", "r": "o", "a": "i", "x": "c", "A": "o", "m": "i", "M": "o"}

    def value(row, letter, depth=0):
        if letter in row:
            return row[letter]
        other = stands_in.get(letter)
        return value(row, other, depth + 1) if other else None

    for letter in list("MmAxarWwc"):
        # A cache that is told to cost nothing to read is a table's gap.
        if letter in "cx" and base.get(letter) == 0 and base["i"] > 0:
            del base[letter]
        if letter in "wW" and base.get(letter) == 0:
            del base[letter]
        if letter in base:
            own = base.pop(letter)
            if value(base, letter) != own:
                base[letter] = own
    out = {"": base}
    for mark, row in rows.items():
        if mark == "":
            continue
        below = out[""]
        if mark.startswith("@") and ">" in mark:
            below = {**base, **rows.get(mark[mark.index(">"):], {}), **rows.get(mark[:mark.index(">")], {})}
        row = {letter: price for letter, price in row.items() if letter in "icwWoraxAmM"}
        if "i" not in row or ("o" in base and "o" not in row):
            continue
        # What a tier leaves out follows the price of input or output.
        full = dict(row)
        for letter in base:
            if letter not in full and letter in "cwWraxAmM":
                ground = "o" if letter in "rAM" else "i"
                if base.get(ground) and ground in row:
                    full[letter] = round(base[letter] * row[ground] / base[ground], 6)
        out[mark] = full
    return out


def number(value):
    text = f"{round(value, 6).normalize():f}"
    return text[1:] if text.startswith("0.") else text


def figures(row):
    return " ".join(letter + number(row[letter]) for letter in LETTERS if letter in row)


def line(rows):
    base = rows[""]
    parts = [figures(base)]
    for mark in sorted(rows, key=lambda mark: (">" in mark and "@" in mark, mark)):
        if mark == "":
            continue
        row = rows[mark]
        ratios = {row[letter] / base[letter] for letter in row if base.get(letter)}
        whole = {letter for letter in base if letter in "icwWoraxAmM"} == set(row)
        if whole and len(ratios) == 1:
            ratio = ratios.pop()
            if ratio == round(ratio, 3) and all(row[letter] == base[letter] * ratio for letter in row):
                parts.append(f"{mark}*{number(ratio)}")
                continue
        parts.append(f"{mark} {figures(row)}")
    return " ".join(parts)


def short(name):
    """The name without its date, its `-latest`: what src/prices/name.rs looks for when it is not listed."""
    return re.sub(r"([-@](\d{8}|\d{4}-\d\d-\d\d|latest|default))$", "", name)


def plain(kind, name):
    """What src/prices/name.rs looks for in the end."""
    start = next((start for start in GEOGRAPHIES if kind == "bedrock" and (name or "").startswith(start)), "")
    return name and short(name[len(start):])


def differ(kind, name, sources, say):
    (winner, periods), others = sources[0], sources[1:]
    main = periods[-1][1][""]
    for other, theirs in others:
        row = theirs[-1][1][""]
        gaps = [(letter, main[letter], row[letter]) for letter in "io"
                if letter in main and letter in row and main[letter] != row[letter]]
        for letter, ours, its in gaps:
            what = {"i": "input", "o": "output"}[letter]
            say(f"{kind} {name}: {what} {winner} {number(ours)}, {other} {number(its)}")


def matches(rule, name):
    """genai-prices' rules for names."""
    tests = {
        "equals": lambda it: name == it.lower(), "starts_with": lambda it: name.startswith(it.lower()),
        "ends_with": lambda it: name.endswith(it.lower()), "contains": lambda it: it.lower() in name,
        "regex": lambda it: re.search(it, name) is not None,
        "or": lambda it: any(matches(one, name) for one in it),
        "and": lambda it: all(matches(one, name) for one in it),
    }
    return all(tests[key](it) for key, it in rule.items())


# Whose prices that change on a day are these kinds' as well.
DATED = {"vertex": "anthropic", "bedrock": "aws"}


def alike(rows, own):
    """Rows of a period, with what only the winner tells, in proportion."""
    base, known = rows[""], own[""]
    factor = base["i"] / known["i"]
    out = {"": {**{letter: known[letter] for letter in "sqgu" if letter in known}, **base}}
    out.update({mark: row for mark, row in rows.items() if mark})
    for mark, row in own.items():
        if mark.startswith("@") and ">" not in mark:
            out[mark] = {letter: round(price * factor, 6) for letter, price in row.items()}
    return out


def dated_by(periods, dated):
    """A table without days that says what once held, or holds, is silent on the rest."""
    own = periods[0][1]
    for nth in range(len(dated) - 1, -1, -1):
        its = dated[nth][1]
        if all(its[""].get(letter) == own[""].get(letter) for letter in "io"):
            rows = {mark: row for mark, row in own.items() if ">" not in mark}
            rows.update({mark: row for mark, row in its.items() if ">" in mark})
            return [(day, rows if at == nth else alike(other, own)) for at, (day, other) in enumerate(dated)]
    return periods


def table(kind, found, genai, say):
    lines = {}
    more = [model for provider in genai if provider["id"] == DATED.get(kind) for model in provider["models"]]
    for name, sources in sorted(found.items()):
        differ(kind, name, sources, say)
        periods = sources[0][1]
        dated = [its for _, its in sources if len(its) > 1]
        for model in more:
            core = re.sub(r"^.*\.|-v\d+:\d+$", "", model["id"])
            # A number more is another model.
            same = re.search(re.escape(core) + r"(?![-.]\d(?!\d{7}))", name)
            if same and matches(model["match"], name):
                dated += [its for its in [genai_rows(model["prices"])] if its and len(its) > 1]
        if dated and len(periods) == 1:
            periods = dated_by(periods, dated[0])
        lines[name] = " | ".join(
            (day + " " if day else "") + line(tidy(completed(kind, name, {mark: dict(row) for mark, row in rows.items()})))
            for day, rows in periods)
    kept = dict(lines)
    if kind == "bedrock":
        geographic = {}
        for name in lines:
            start = next((start for start in GEOGRAPHIES if name.startswith(start)), None)
            if start:
                geographic.setdefault(name[len(start):], []).append(name)
        for base, names in geographic.items():
            if base in lines and all(lines[name] == lines[base] for name in names):
                for name in names:
                    del kept[name]
            elif base in lines:
                kept[base] += " !"
        for name in list(kept):
            region, _, base = name.partition("/")
            if kept.get(base) == kept[name]:
                del kept[name]
    for name in list(kept):
        if short(name) != name and kept.get(short(name)) == kept[name]:
            del kept[name]
    return kept


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    litellm, genai, models_dev = read(pathlib.Path(sys.argv[1]))
    date = sys.argv[2] if len(sys.argv) == 3 else datetime.date.today().isoformat()
    datetime.date.fromisoformat(date)
    folder = pathlib.Path(__file__).resolve().parent.parent / "tables"
    folder.mkdir(exist_ok=True)
    said = []
    names = size = 0
    for kind in KINDS:
        kept = table(kind, gather(kind, litellm, genai, models_dev, date), genai, said.append)
        # By the bytes of the name, as they are looked for.
        text = "".join(f"{name} {kept[name]}\n" for name in sorted(kept))
        (folder / f"{kind}.txt").write_text(text, encoding="ascii")
        names, size = names + len(kept), size + len(text)
        print(f"{kind}: {len(kept)} names, {len(text)} bytes")
    (folder / "DATE").write_text(date + "\n", encoding="ascii")
    print(f"all: {names} names, {size} bytes, of {date}")
    for text in said:
        print(text, file=sys.stderr)
    print(f"{len(said)} disagreements", file=sys.stderr)


main()
