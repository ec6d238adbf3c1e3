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
import planted

HERE = pathlib.Path(__file__).resolve().parent
# How many weights there are.
SLOTS = 1 << 15
RULES = 18
WINDOWS = (2, 8, 32)
DAMPING = 16
# What is taken to be added to a rule's weight where nobody may give orders, as a logit, by the rule's place.
FOREIGN = [2.0, 2.0, 1.5, 1.0, 1.0, 0.0, 0.0, 0.0, 2.0, 0.5, 2.0, 2.0, 1.0, 2.5, 2.5, 0.5, 0.5, 0.5]
# What a rule is taken to say before anything is learnt, as a logit, by the rule's place.
PRIOR = [2.5, 0.5, 1.5, 2.0, 1.0, 1.2, 1.2, 1.5, 2.0, 1.0, 2.0, 2.0, 1.0, 1.0, 1.0, 0.7, 0.7, 1.0]


# How much a text that is put together counts, beside one that is given.
MADE = 0.2
# Pieces of documents.
DOCUMENTS = 2000
# The logit of the threshold where none is configured, and which share of harmless documents may reach it.
USUAL = 1.79
FOREIGN_FALSE = 0.005
# How dear it is that a rule says something else.
RULE_STRENGTH = 0.02


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
            parts.append((rules, (hashes.astype(np.uint64) * np.uint64(SLOTS) >> np.uint64(32)).astype(np.int32)))
        found.append(parts)
    assert at == len(out)
    return found


class Windows:
    """The windows of some texts, as one sparse matrix."""

    def __init__(self, texts, spans):
        """`spans`: (text, first part, one past the last part)."""
        indices, starts, roots, masks = [], [0], [], []
        for text, first, last in spans:
            parts = texts[text][first:last]
            ids = [part[1] for part in parts]
            count = sum(map(len, ids))
            indices += ids
            starts.append(starts[-1] + count)
            roots.append(np.sqrt(float(count + DAMPING)))
            mask = 0
            for rules, _ in parts:
                mask |= rules
            masks.append([mask >> rule & 1 for rule in range(RULES)])
        # One more, so that a window without words has where to begin.
        self.indices = np.concatenate(indices + [np.zeros(1, np.int32)])
        self.starts = np.array(starts)
        self.roots = np.array(roots, np.float32)
        self.masks = np.array(masks, dtype=float).reshape(-1, RULES)
        self.by_slot = None

    def logits(self, model):
        weights, rules, bias = model
        sums = np.add.reduceat(weights.astype(np.float32)[self.indices], self.starts[:-1])
        sums[np.diff(self.starts) == 0] = 0
        # The last window has one too many.
        sums[-1] -= weights[self.indices[-1]] if self.starts[-1] > self.starts[-2] else 0
        return sums / self.roots + self.masks @ rules + bias

    def gradient(self, slopes):
        """Of the weights, for the slopes of the logits."""
        if self.by_slot is None:
            indices = self.indices[:-1]
            rows = np.repeat(np.arange(len(self.roots), dtype=np.int32), np.diff(self.starts))
            order = np.argsort(indices, kind="stable")
            slots = indices[order]
            begins = np.flatnonzero(np.concatenate([[True], slots[1:] != slots[:-1]]))
            self.by_slot = rows[order], begins, slots[begins]
        rows, begins, slots = self.by_slot
        found = np.zeros(SLOTS)
        found[slots] = np.add.reduceat((slopes / self.roots).astype(np.float32)[rows], begins)
        return found, self.masks.T @ slopes, slopes.sum()


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
    """The weights, what each rule adds, and what a text without words scores."""
    every = [[(nth, first, last) for first, last in spans_of(len(parts))] for nth, parts in enumerate(texts)]
    model = (np.zeros(SLOTS), np.array(PRIOR), -3.0)
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
        model = fit(Windows(texts, spans), target, weight / weight.sum(), model, strength)
        if turn + 1 == rounds:
            break
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


def fit(windows, target, weight, start, strength):
    """Logistic regression; small weights are cheap, rules stay near what is known of them."""
    prior = np.array(PRIOR)

    def loss(point):
        weights, rules, bias = point[:SLOTS], point[SLOTS:-1], point[-1]
        chance = 1 / (1 + np.exp(-np.clip(windows.logits((weights, rules, bias)), -30, 30)))
        told = np.where(target == 1, chance, 1 - chance)
        value = -(weight * np.log(told + 1e-12)).sum()
        value += strength / 2 * weights @ weights + RULE_STRENGTH / 2 * (rules - prior) @ (rules - prior)
        of_weights, of_rules, of_bias = windows.gradient((chance - target) * weight)
        slope = np.concatenate([of_weights + strength * weights, of_rules + RULE_STRENGTH * (rules - prior), [of_bias]])
        return value, slope

    weights, rules, bias = start
    found = lowest(loss, np.concatenate([weights, rules, [bias]]), 40)
    return found[:SLOTS], np.maximum(found[SLOTS:-1], 0.0), found[-1]


def lowest(loss, point, steps, memory=12):
    """Where a smooth function is low, by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.5)."""
    value, slope = loss(point)
    moves = []
    for _ in range(steps):
        way = slope.copy()
        shares = []
        for moved, turned in reversed(moves):
            share = moved @ way / (turned @ moved)
            shares.append(share)
            way -= share * turned
        if moves:
            moved, turned = moves[-1]
            way *= moved @ turned / (turned @ turned)
        else:
            way /= max(1.0, np.linalg.norm(way))
        for (moved, turned), share in zip(moves, reversed(shares)):
            way += moved * (share - turned @ way / (turned @ moved))
        length = 1.0
        while True:
            next_point = point - length * way
            next_value, next_slope = loss(next_point)
            if next_value <= value - 1e-4 * length * (slope @ way) or length < 1e-6:
                break
            length /= 2
        moved, turned = next_point - point, next_slope - slope
        if moved @ turned > 1e-12:
            moves = (moves + [(moved, turned)])[-memory:]
        done = abs(value - next_value) < 1e-6 * max(1.0, abs(value))
        point, value, slope = next_point, next_value, next_slope
        if done:
            break
    return point


def contradicted(texts, labels, words=4):
    """Attacks most of whose runs of so many words stand in harmless texts: sources do not agree what they are."""
    def runs(text):
        own = "".join(char.lower() if char.isalnum() else " " for char in text).split()
        return {tuple(own[at:at + words]) for at in range(len(own) - words + 1)}

    known = set()
    for text, label in zip(texts, labels):
        if not label:
            known |= runs(text)
    own = {nth: runs(text) for nth, (text, label) in enumerate(zip(texts, labels)) if label}
    return {nth for nth, found in own.items() if len(found) >= 8 and len(found & known) > len(found) / 2}


def foreign(texts, labels, model):
    """What each rule adds more in tools' results and documents, and what is added to all."""
    every = [[(nth, first, last) for first, last in spans_of(len(parts))] for nth, parts in enumerate(texts)]
    prior = np.array(FOREIGN)
    more, bias = prior, 0.0
    for _ in range(3):
        chosen = []
        logits = score_spans(texts, [span for spans in every for span in spans], (model[0], model[1] + more, model[2]))
        at = 0
        for spans in every:
            chosen += [spans[np.argmax(logits[at:at + len(spans)])]] if spans else []
            at += len(spans)
        windows = Windows(texts, chosen)
        known = windows.logits(model)
        target = np.array([labels[span[0]] for span in chosen])

        def loss(point):
            chance = 1 / (1 + np.exp(-np.clip(known + windows.masks @ point[:-1] + point[-1], -30, 30)))
            value = -np.log(np.where(target == 1, chance, 1 - chance) + 1e-12).mean()
            wrong = (chance - target) / len(target)
            away = point[:-1] - prior
            slope = np.concatenate([windows.masks.T @ wrong + RULE_STRENGTH / 4 * away, [wrong.sum()]])
            return value + RULE_STRENGTH / 8 * away @ away, slope

        found = lowest(loss, np.concatenate([more, [bias]]), 60)
        more, bias = np.maximum(found[:-1], 0.0), found[-1]
    harmless = [nth for nth, label in enumerate(labels) if not label]
    found = np.sort(scores([texts[nth] for nth in harmless], (model[0], model[1] + more, model[2]), False))[::-1]
    # So many of the harmless pieces may be taken for attacks where the threshold is the usual one.
    return more, USUAL - found[int(FOREIGN_FALSE * len(found))]


def length_cost(blocks):
    """What a user's long text must say more, as the detector has it."""
    return 0.5 * min(3, max(0, blocks.bit_length() - 1 - 4))


def scores(texts, model, long=True):
    """The strongest window of each text."""
    spans = [[(nth, first, last) for first, last in spans_of(len(parts))] for nth, parts in enumerate(texts)]
    logits = score_spans(texts, [span for own in spans for span in own], model)
    found, at = [], 0
    for own in spans:
        blocks = len(texts[own[0][0]]) if own else 1
        less = length_cost(blocks) if long else 0.0
        found.append(logits[at:at + len(own)].max() - less if own else -99.0)
        at += len(own)
    return np.array(found)


def quantised(model):
    """Weights of eight bits, and what they are multiplied with to be 256ths of a logit."""
    weights, rules, bias = model
    most = np.quantile(np.abs(weights[weights != 0]), 0.9995)
    scale = max(1, int(np.ceil(most * 256 / 127)))
    table = np.clip(np.round(weights * 256 / scale), -127, 127).astype(np.int8)
    return table, scale, np.round(rules * 256).astype(int), int(round(bias * 256))


def write(out, model, others):
    table, scale, rules, bias = quantised(model)
    (out / "weights.bin").write_bytes(table.tobytes())
    more, shift = others
    more = np.round(more * 256).astype(int)
    (out / "figures.rs").write_text(
        "//! What the training script found beside the weights.\n\n"
        "use super::model::Logit;\nuse super::rules::Rule;\n\n"
        "/// How many weights there are.\n"
        f"pub(super) const SLOTS: usize = {SLOTS};\n"
        "/// What a text without words scores, in 256ths of a logit.\n"
        f"pub(super) const BIAS: Logit = {bias};\n"
        "/// What is added in a tool's result or a document.\n"
        f"pub(super) const FOREIGN: Logit = {int(round(shift * 256))};\n"
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
    options.add_argument("--documents", nargs="+", default=[], help="folders of text files: what is in them is harmless, until an order is planted in it")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--strength", type=float, default=3e-5, help="how dear large weights are")
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
    pieces = planted.pieces(given.documents, dice)
    for nth, piece in zip(range(DOCUMENTS), pieces):
        if nth % 3 == 0:
            # Short, so that the order is what the text is known by.
            at = dice.choice([0, 400])
            piece = piece[:at] + "\n" + phrases.note(dice) + "\n" + piece[at:400]
        texts.append(piece)
        labels.append(int(nth % 3 == 0))
        groups.append("documents")
    print(f"{given_count} texts given, {len(texts) - given_count} put together; {sum(labels)} attacks")
    parts = features(given.reader, texts)
    importance = [MADE if group in ("phrases", "documents") else 1.0 for group in groups]

    def taught(by):
        own = [i for i in by if i < given_count]
        doubted = {own[at] for at in contradicted([texts[i] for i in own], [labels[i] for i in own])}
        by = [i for i in by if i not in doubted]
        return learn([parts[i] for i in by], [labels[i] for i in by], [importance[i] for i in by], given.rounds, given.strength)

    def run(train, test):
        return scores([parts[i] for i in test], taught(train))

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
        weights, rules, bias = taught(everything)
        model = weights, rules, bias + given.shift
        documents = [i for i in everything if groups[i] == "documents"]
        others = foreign([parts[i] for i in documents], [labels[i] for i in documents], model) if documents else (np.array(FOREIGN), 0.0)
        write(given.out, model, others)
        print("rules", np.round(rules, 2), "bias", bias, "in documents", np.round(others[0], 2), others[1])


if __name__ == "__main__":
    sys.exit(main())
