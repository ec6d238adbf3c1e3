#!/usr/bin/env python3
"""Trains the weights of the prompt-attack detector.

    pip install numpy
    examples/train-injection/train.py --out src/injection FILE.jsonl ...

Each line of a FILE is {"text": ..., "label": "benign" or anything else for an attack}. To these come texts put
together by phrases.py. The detector's own reader makes the features (the example `train-injection`, which cargo
builds), so what is learnt is what is scored. The result is the same for the same files.

`--folds N` reports what N-fold cross-validation finds, and what is found of each file when it was left out; without
`--out` nothing is written.
"""

import argparse
import json
import pathlib
import random
import struct
import subprocess
import sys

import numpy as np

import phrases

HERE = pathlib.Path(__file__).resolve().parent
BITS = 16
RULES = 18
WINDOWS = (2, 8, 32)
DAMPING = 16
# Added to a rule's weight where nobody may give orders, in 256ths, by the rule's place.
FOREIGN = {0: 512, 1: 384, 2: 384, 3: 256, 4: 256, 8: 512, 9: 384, 10: 768, 11: 768, 12: 256, 13: 768, 14: 768, 15: 384, 16: 256, 17: 256}
# What a rule is taken to say before anything is learnt, as a logit, by the rule's place.
PRIOR = [2.5, 1.5, 1.5, 2.0, 1.0, 1.2, 1.2, 1.5, 2.0, 1.0, 2.0, 2.0, 1.0, 1.0, 1.0, 0.7, 0.7, 1.0]


def features(command, texts):
    """The parts of each text: [(rules, hashes)]."""
    lines = "\n".join(json.dumps({"text": text}) for text in texts)
    out = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    found, at = [], 0
    for _ in texts:
        count, = struct.unpack_from("<I", out, at)
        at += 4
        parts = []
        for _ in range(count):
            rules, length = struct.unpack_from("<II", out, at)
            at += 8
            hashes = np.frombuffer(out, "<u4", length, at)
            at += 4 * length
            parts.append((rules, (hashes >> np.uint32(32 - BITS)).astype(np.int32)))
        found.append(parts)
    assert at == len(out)
    return found


class Windows:
    """The windows of some texts, as one sparse matrix."""

    def __init__(self, texts, spans):
        """`spans`: (text, first part, one past the last part)."""
        indices, self.starts, self.roots, masks = [], [0], [], []
        for text, first, last in spans:
            parts = texts[text][first:last]
            ids = [part[1] for part in parts]
            count = sum(map(len, ids))
            indices += ids
            self.starts.append(self.starts[-1] + count)
            self.roots.append(np.sqrt(float(count + DAMPING)))
            mask = 0
            for rules, _ in parts:
                mask |= rules
            masks.append([mask >> rule & 1 for rule in range(RULES)])
        self.indices = np.concatenate(indices) if indices else np.zeros(0, np.int32)
        self.starts = np.array(self.starts)
        self.roots = np.array(self.roots)
        self.masks = np.array(masks, dtype=float).reshape(-1, RULES)
        self.lengths = np.diff(self.starts)

    def logits(self, model):
        weights, rules, bias = model
        sums = np.concatenate([[0.0], np.cumsum(weights[self.indices])])
        return np.diff(sums[self.starts]) / self.roots + self.masks @ rules + bias

    def gradient(self, slopes):
        """Of the weights, for the slopes of the logits."""
        each = np.repeat(slopes / self.roots, self.lengths)
        return np.bincount(self.indices, each, 1 << BITS), self.masks.T @ slopes, slopes.sum()


def spans_of(parts):
    """The windows that the detector scores."""
    spans = set()
    for last in range(1, parts + 1):
        for width in WINDOWS:
            if width <= last or width == WINDOWS[-1]:
                spans.add((max(0, last - width), last))
        spans.add((max(0, last - WINDOWS[-1]), last))
    return sorted(spans)


def learn(texts, labels, importance, rounds, strength):
    every = [[(nth, first, last) for first, last in spans_of(len(parts))] for nth, parts in enumerate(texts)]
    model = (np.zeros(1 << BITS), np.array(PRIOR), -3.0)
    chosen = set()
    # At first, each text as a whole, as far as a window goes.
    for nth, spans in enumerate(every):
        if spans:
            chosen.add(max(spans, key=lambda span: (span[2] - span[1], -span[1])))
    positive = dict.fromkeys([span for span in chosen if labels[span[0]]], 1.0)
    negative = set(span for span in chosen if not labels[span[0]])
    for turn in range(rounds):
        spans = list(positive) + sorted(negative)
        target = np.array([1.0] * len(positive) + [0.0] * len(negative))
        weight = np.array([importance[span[0]] * positive.get(span, 1.0) for span in spans])
        share = np.zeros(len(texts))
        for span in spans:
            share[span[0]] += 1
        weight = weight / np.sqrt(share[[span[0] for span in spans]])
        weight[target == 0] *= weight[target == 1].sum() / weight[target == 0].sum() * 1.5
        weight /= weight.mean()
        model = fit(Windows(texts, spans), target, weight, model, strength, 150)
        # The window that says most is what an attack is known by; of harmless texts, those that mislead.
        scored = [span for spans in every for span in spans]
        logits = score_spans(texts, scored, model)
        at = 0
        positive = {}
        for nth, spans in enumerate(every):
            own = logits[at:at + len(spans)]
            at += len(spans)
            if not spans:
                continue
            order = np.argsort(-own)
            if labels[nth]:
                # What looks harmless through and through is: sources call some texts attacks that nobody else would.
                doubt = 1 / (1 + np.exp(-np.clip(1.5 * (own.max() + 1.5), -9, 9))) if turn else 1.0
                positive[spans[order[0]]] = doubt
                widest = max(spans, key=lambda span: (span[2] - span[1], -span[1]))
                positive[widest] = doubt
            else:
                negative.update(spans[place] for place in order[:3])
    return model


def score_spans(texts, spans, model):
    found = []
    for at in range(0, len(spans), 4000):
        found.append(Windows(texts, spans[at:at + 4000]).logits(model))
    return np.concatenate(found) if found else np.zeros(0)


def fit(windows, target, weight, start, strength, steps):
    """Logistic regression, by Adam; small weights are cheap, rules stay near what is known of them."""
    weights, rules, bias = (np.array(part, dtype=float) for part in start)
    count = weight.sum()
    moments = [[0.0, 0.0] for _ in range(3)]
    for step in range(1, steps + 1):
        logits = windows.logits((weights, rules, bias))
        chance = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        gradients = list(windows.gradient((chance - target) * weight / count))
        gradients[0] = gradients[0] + strength * weights
        gradients[1] = gradients[1] + 0.02 * (rules - np.array(PRIOR))
        values = [weights, rules, bias]
        for nth, (value, gradient, rate) in enumerate(zip(values, gradients, (0.15, 0.03, 0.05))):
            moments[nth][0] = 0.9 * moments[nth][0] + 0.1 * gradient
            moments[nth][1] = 0.99 * moments[nth][1] + 0.01 * gradient ** 2
            mean = moments[nth][0] / (1 - 0.9 ** step)
            spread = np.sqrt(moments[nth][1] / (1 - 0.99 ** step))
            rate = rate * (1 - 0.9 * step / steps)
            values[nth] = value - rate * mean / (spread + (1e-6 if nth == 0 else 1e-8))
        weights, rules, bias = values
        rules = np.maximum(rules, 0.0)
    return weights, rules, bias


def length_cost(blocks):
    """What a user's long text must say more, as the detector has it."""
    return 0.5 * min(3, max(0, blocks.bit_length() - 1 - 4))


def scores(texts, model):
    """The strongest window of each text."""
    spans = [[(nth, first, last) for first, last in spans_of(len(parts))] for nth, parts in enumerate(texts)]
    logits = score_spans(texts, [span for own in spans for span in own], model)
    found, at = [], 0
    for own in spans:
        blocks = len(texts[own[0][0]]) if own else 1
        found.append(logits[at:at + len(own)].max() - length_cost(blocks) if own else -99.0)
        at += len(own)
    return np.array(found)


def quantised(model):
    """Weights of eight bits, and what they are multiplied with to be 256ths of a logit."""
    weights, rules, bias = model
    most = np.quantile(np.abs(weights[weights != 0]), 0.9995)
    scale = max(1, int(np.ceil(most * 256 / 127)))
    table = np.clip(np.round(weights * 256 / scale), -127, 127).astype(np.int8)
    return table, scale, np.round(rules * 256).astype(int), int(round(bias * 256))


def write(out, model):
    table, scale, rules, bias = quantised(model)
    (out / "weights.bin").write_bytes(table.tobytes())
    more = [FOREIGN.get(rule, 0) for rule in range(RULES)]
    (out / "figures.rs").write_text(
        "//! What the training script found beside the weights.\n\n"
        "use super::model::Logit;\nuse super::rules::Rule;\n\n"
        "/// What a text without words scores, in 256ths of a logit.\n"
        f"pub(super) const BIAS: Logit = {bias};\n"
        "/// What a weight is multiplied with, in 256ths.\n"
        f"pub(super) const SCALE: i32 = {scale};\n"
        "/// Features that each window has beside its own, so that short ones are not overrated.\n"
        f"pub(super) const DAMPING: u32 = {DAMPING};\n"
        "/// What each rule adds.\n"
        f"pub(super) const RULES: [i16; Rule::COUNT] = [\n    {', '.join(map(str, rules))},\n];\n"
        "/// What it adds more where nobody may give orders.\n"
        f"pub(super) const FOREIGN_MORE: [i16; Rule::COUNT] = [\n    {', '.join(map(str, more))},\n];\n")


def report(title, found, labels, groups):
    """What each threshold finds, of every file; the threshold that lets through 2 % of the harmless."""
    found, labels = np.array(found), np.array(labels)
    harmless = np.sort(found[labels == 0])[::-1]
    print(f"\n{title}")
    for allowed in (0.005, 0.01, 0.02):
        if not len(harmless):
            continue
        limit = harmless[min(len(harmless) - 1, int(allowed * len(harmless)))]
        row = [f"false positives {allowed:.1%}: logit {limit:6.2f}"]
        for group in sorted(set(groups)):
            own = np.array([name == group for name in groups])
            for label, name in ((1, "found"), (0, "false")):
                here = own & (labels == label)
                if here.any():
                    row.append(f"{group} {name} {np.mean(found[here] > limit):.3f}")
        if labels.any():
            row.append(f"all found {np.mean(found[labels == 1] > limit):.3f}")
        print("  " + "; ".join(row))


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("files", nargs="+", type=pathlib.Path)
    options.add_argument("--out", type=pathlib.Path)
    options.add_argument("--folds", type=int, default=0)
    options.add_argument("--left-out", action="store_true", help="also report each file when it was left out")
    options.add_argument("--phrases", type=int, default=3000, help="how many attacks and harmless texts are put together")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--strength", type=float, default=2e-5, help="how dear large weights are")
    options.add_argument("--shift", type=float, default=0.0, help="added to the bias, so that a score means what it should")
    options.add_argument("--reader", nargs="+", default=["cargo", "run", "--quiet", "--release", "--example", "train-injection"])
    given = options.parse_args()

    texts, labels, groups = [], [], []
    seen = set()
    for path in given.files:
        for line in path.read_text().splitlines():
            row = json.loads(line)
            if row["text"] not in seen:
                seen.add(row["text"])
                texts.append(row["text"])
                labels.append(int(row["label"] != "benign"))
                groups.append(path.stem.split("_")[0])
    given_count = len(texts)
    dice = random.Random(20)
    for made, label in ((phrases.attacks(dice, given.phrases), 1), (phrases.harmless(dice, given.phrases), 0)):
        for text in dict.fromkeys(made):
            texts.append(text)
            labels.append(label)
            groups.append("phrases")
    print(f"{given_count} texts given, {len(texts) - given_count} put together; {sum(labels)} attacks")
    parts = features(given.reader, texts)
    importance = [0.2 if group == "phrases" else 1.0 for group in groups]

    def run(train, test):
        model = learn([parts[i] for i in train], [labels[i] for i in train], [importance[i] for i in train],
                      given.rounds, given.strength)
        return scores([parts[i] for i in test], model)

    everything = range(len(texts))
    own = [i for i in everything if i < given_count]
    if given.folds:
        order = own[:]
        random.Random(1).shuffle(order)
        found = np.zeros(given_count)
        for fold in range(given.folds):
            test = order[fold::given.folds]
            held = set(test)
            found[test] = run([i for i in everything if i not in held], test)
        report(f"{given.folds}-fold cross-validation", found, labels[:given_count], groups[:given_count])
        found_false = np.array([not label for label in labels[:given_count]])
        for logit in np.arange(-2, 4.1, 0.5):
            hit = found > logit
            truth = ~found_false
            print(f"  logit {logit:5.2f}: precision {np.sum(hit & truth) / max(1, np.sum(hit)):.3f} recall "
                  f"{np.mean(hit[truth]):.3f} false positives {np.mean(hit[~truth]):.4f}")
    if given.left_out:
        for name in sorted(set(groups)):
            test = [i for i in everything if groups[i] == name]
            held = set(test)
            harmless = [i for i in own if labels[i] == 0]
            random.Random(2).shuffle(harmless)
            # Beside the file's own harmless texts, a third of all others, which are left out with it.
            test += [i for i in harmless[::3] if i not in held]
            held = set(test)
            found = run([i for i in everything if i not in held], test)
            report(f"without {name}", found, [labels[i] for i in test], [groups[i] for i in test])
    if given.out:
        weights, rules, bias = learn(parts, labels, importance, given.rounds, given.strength)
        write(given.out, (weights, rules, bias + given.shift))
        print("rules", np.round(rules, 2), "bias", bias)


if __name__ == "__main__":
    sys.exit(main())
