#!/usr/bin/env python3
"""Trains the weights of the prompt-attack detector.

    pip install numpy
    examples/train-injection/train.py --out src/injection FILE.jsonl ...

Each line of a FILE is {"text": ..., "label": "benign" or anything else for an attack}. To these come texts put
together by phrases.py, mentions.py and strikes.py; every fourth wording of the latter two is held out, and reported by
kind. The detector's own reader makes the features (the example `train-injection`, which cargo builds), so what is learnt
is what is scored. The result is the same for the same files.

`--folds N` reports what N-fold cross-validation finds, `--left-out` what is found of each file when it was left out;
without `--out` nothing is written.
"""

import argparse
import json
import pathlib
import random
import struct
import subprocess
import sys

import numpy as np

import mentions
import phrases
import planted
import strikes

# How many weights there are.
SLOTS = 1 << 15
RULES = 18
WINDOWS = (2, 8, 32)
DAMPING = 16
# What is taken to be added to a rule's weight where nobody may give orders, as a logit, by the rule's place.
FOREIGN = [2.0, 2.0, 1.5, 1.0, 1.0, 0.0, 0.0, 0.0, 2.0, 0.5, 2.0, 2.0, 1.0, 2.5, 2.5, 0.5, 0.5, 0.5]
# What a rule is taken to say before anything is learnt, as a logit, by the rule's place; half of it within a quotation.
PRIOR = [2.5, 0.5, 1.5, 2.0, 1.0, 1.2, 1.2, 1.5, 2.0, 1.0, 2.0, 2.0, 1.0, 1.0, 1.0, 0.7, 0.7, 1.0]
PRIORS = np.array(PRIOR + [weight / 2 for weight in PRIOR])
FOREIGNS = np.array(FOREIGN + [0.0] * RULES)


# How much a text that is put together counts, beside one that is given.
MADE = 0.2
# Pieces of documents.
DOCUMENTS = 2000
# The logit of the threshold where none is configured, and which share of harmless documents may reach it.
USUAL = 1.79
FOREIGN_FALSE = 0.004
# How dear it is that a rule says something else.
RULE_STRENGTH = 0.02


class Features:
    """What the reader sees: blocks of words, of each its rules and hashes."""

    def __init__(self, command, texts):
        lines = "\n".join(json.dumps({"text": text}) for text in texts)
        out = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
        at, rules, lengths, hashes, self.first = 0, [], [], [], [0]
        for _ in texts:
            count, = struct.unpack_from("<I", out, at)
            at += 4
            for _ in range(count):
                own, quoted, length = struct.unpack_from("<III", out, at)
                at += 12
                rules.append(own | quoted << 32)
                lengths.append(length)
                hashes.append(np.frombuffer(out, "<u4", length, at))
                at += 4 * length
            self.first.append(len(rules))
        assert at == len(out)
        self.rules = np.array(rules, np.uint64)
        self.starts = np.concatenate([[0], np.cumsum(lengths)])
        self.slots = (np.concatenate(hashes).astype(np.uint64) * np.uint64(SLOTS) >> np.uint64(32)).astype(np.int32)


class Windows:
    """The windows of some texts that the detector scores."""

    def __init__(self, features, texts):
        first = features.first
        blocks = np.concatenate([np.arange(first[text], first[text + 1]) for text in texts])
        lengths = features.starts[blocks + 1] - features.starts[blocks]
        self.slots = np.concatenate([features.slots[features.starts[first[text]]:features.starts[first[text + 1]]] for text in texts])
        self.block = np.repeat(np.arange(len(blocks), dtype=np.int32), lengths)
        self.starts = np.concatenate([[0], np.cumsum(lengths)])
        begins, ends, owners, base = [], [], [], 0
        for nth, text in enumerate(texts):
            count = first[text + 1] - first[text]
            for begin, end in spans_of(count) or [(0, 0)]:
                begins.append(base + begin)
                ends.append(base + end)
                owners.append(nth)
            base += count
        self.begins, self.ends, self.owner = np.array(begins), np.array(ends), np.array(owners)
        self.count = len(texts)
        self.first = np.searchsorted(self.owner, np.arange(self.count))
        self.bounds = np.append(self.first, len(self.owner))
        self.shares = 1 / np.sqrt(self.starts[self.ends] - self.starts[self.begins] + DAMPING)
        rules = np.append(features.rules[blocks], np.uint64(0))
        held = np.bitwise_or.reduceat(rules, np.stack([self.begins, np.maximum(self.ends, self.begins + 1)], 1).ravel())[::2]
        held[self.begins == self.ends] = 0
        # What holds outside of quotations too is not asked about within them.
        held &= ~(held << np.uint64(32))
        bits = np.concatenate([np.arange(RULES), 32 + np.arange(RULES)]).astype(np.uint64)
        self.masks = (held[:, None] >> bits & np.uint64(1)).astype(np.float32)
        self.widest = np.array([at + np.argmax((self.ends - self.begins)[at:to]) for at, to in zip(self.first, self.bounds[1:])])
        self.costs = np.array([length_cost(max(1, int(first[text + 1] - first[text]))) for text in texts])

    def logits(self, model):
        weights, rules, bias = model
        sums = np.concatenate([[0.0], np.cumsum(weights.astype(np.float32)[self.slots], dtype=np.float64)])
        own = sums[self.starts[self.ends]] - sums[self.starts[self.begins]]
        return own * self.shares + self.masks @ rules + bias

    def gradient(self, slopes):
        """Of the weights, for the slopes of the logits."""
        own = slopes * self.shares
        changes = np.bincount(self.begins, own, len(self.starts)) - np.bincount(self.ends, own, len(self.starts))
        blocks = np.cumsum(changes)[:-1].astype(np.float32)
        return np.bincount(self.slots, blocks[self.block], SLOTS), self.masks.T @ slopes, slopes.sum()

    def scores(self, model, long=True):
        """The strongest window of each text."""
        found = np.maximum.reduceat(self.logits(model), self.first)
        return found - self.costs if long else found


def spans_of(parts):
    """The windows that the detector scores, of so many blocks."""
    spans = set()
    for last in range(1, parts + 1):
        for width in WINDOWS:
            if width <= last or width == WINDOWS[-1]:
                spans.add((max(0, last - width), last))
        spans.add((max(0, last - WINDOWS[-1]), last))
    return sorted(spans)


def learn(windows, labels, importance, rounds, strength):
    """The weights, what each rule adds, and what a text without words scores."""
    model = (np.zeros(SLOTS), PRIORS.copy(), -3.0)
    truth = labels[windows.owner]
    # At first, each text as a whole, as far as a window goes.
    chosen = np.zeros(len(truth))
    chosen[windows.widest] = 1.0
    for turn in range(rounds):
        places = np.flatnonzero(chosen)
        target = truth[places].astype(float)
        weight = importance[windows.owner[places]] * chosen[places]
        share = np.bincount(windows.owner[places], minlength=windows.count)
        weight = weight / np.sqrt(share[windows.owner[places]])
        weight[target == 0] *= weight[target == 1].sum() / weight[target == 0].sum() * 1.5
        model = fit(windows, places, target, weight / weight.sum(), model, strength)
        if turn + 1 == rounds:
            break
        # The window that says most is what an attack is known by; of harmless texts, those that mislead.
        logits = windows.logits(model)
        chosen[truth == 1] = 0
        for nth in range(windows.count):
            own = logits[windows.bounds[nth]:windows.bounds[nth + 1]]
            order = windows.bounds[nth] + np.argsort(-own)
            if labels[nth]:
                # What looks harmless through and through is: sources call some texts attacks that nobody else would.
                doubt = 1 / (1 + np.exp(-np.clip(1.5 * (own.max() + 1.5), -9, 9))) if turn else 1.0
                chosen[order[0]] = doubt
                chosen[windows.widest[nth]] = doubt
            else:
                chosen[order[:3]] = 1.0
    return model


def fit(windows, places, target, weight, start, strength):
    """Logistic regression; small weights are cheap, rules stay near what is known of them."""

    def loss(point):
        weights, rules, bias = point[:SLOTS], point[SLOTS:-1], point[-1]
        chance = 1 / (1 + np.exp(-np.clip(windows.logits((weights, rules, bias))[places], -30, 30)))
        told = np.where(target == 1, chance, 1 - chance)
        value = -(weight * np.log(told + 1e-12)).sum()
        value += strength / 2 * weights @ weights + RULE_STRENGTH / 2 * (rules - PRIORS) @ (rules - PRIORS)
        slopes = np.zeros(len(windows.owner))
        slopes[places] = (chance - target) * weight
        of_weights, of_rules, of_bias = windows.gradient(slopes)
        slope = np.concatenate([of_weights + strength * weights, of_rules + RULE_STRENGTH * (rules - PRIORS), [of_bias]])
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


def foreign(windows, labels, whole, model):
    """What each rule adds more in tools' results and documents, and what is added to all: `whole` are the pieces of
    documents as they are, of which only so many may be taken for attacks."""
    more, bias = FOREIGNS, 0.0
    known_of_all = windows.logits(model)
    for _ in range(3):
        logits = known_of_all + windows.masks @ more
        best = np.array([at + np.argmax(logits[at:to]) for at, to in zip(windows.first, windows.bounds[1:])])
        known, masks = known_of_all[best], windows.masks[best]

        def loss(point):
            chance = 1 / (1 + np.exp(-np.clip(known + masks @ point[:-1] + point[-1], -30, 30)))
            value = -np.log(np.where(labels == 1, chance, 1 - chance) + 1e-12).mean()
            wrong = (chance - labels) / len(labels)
            away = point[:-1] - FOREIGNS
            slope = np.concatenate([masks.T @ wrong + RULE_STRENGTH / 4 * away, [wrong.sum()]])
            return value + RULE_STRENGTH / 8 * away @ away, slope

        found = lowest(loss, np.concatenate([more, [bias]]), 60)
        more, bias = np.maximum(found[:-1], 0.0), found[-1]
    found = np.maximum.reduceat(known_of_all + windows.masks @ more, windows.first)[whole & (labels == 0)]
    # So many of the harmless pieces may be taken for attacks where the threshold is the usual one.
    return more, USUAL - np.sort(found)[::-1][int(FOREIGN_FALSE * len(found))]


def length_cost(blocks):
    """What a user's long text must say more, as the detector has it."""
    return 0.5 * min(3, max(0, blocks.bit_length() - 1 - 4))


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
        f"pub(super) const RULES: [i16; Rule::COUNT] = [\n    {', '.join(map(str, rules[:RULES]))},\n];\n"
        "/// What it adds if it holds within a quotation only.\n"
        f"pub(super) const QUOTED: [i16; Rule::COUNT] = [\n    {', '.join(map(str, rules[RULES:]))},\n];\n"
        "/// What it adds more where nobody may give orders.\n"
        f"pub(super) const FOREIGN_MORE: [i16; Rule::COUNT] = [\n    {', '.join(map(str, more[:RULES]))},\n];\n"
        "/// And there within a quotation.\n"
        f"pub(super) const FOREIGN_QUOTED: [i16; Rule::COUNT] = [\n    {', '.join(map(str, more[RULES:]))},\n];\n")


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


def put_together(dice, held, many):
    """What mentions.py and strikes.py have, of the wordings that are held out or of the others: (text, label, kind)."""
    def attack():
        kind = dice.random()
        if kind < 0.5:
            return phrases.override(dice, "en")
        return phrases.wording(dice) if kind < 0.85 else dice.choice(phrases.EXTRACTION)

    def fill_in(text):
        return phrases.filler(dice)(text) if any(slot in text for slot in ("{t", "{d", "{e", "{r")) else text

    made = {}
    for kinds, own in ((mentions.USERS, True), (mentions.OTHERS, False)):
        for kind, templates in kinds.items():
            for template in mentions.kept(templates, held):
                count = (many if "{q" in template or "{a" in template else 2) if "{" in template else 1
                for _ in range(count if own else max(count, 3)):
                    text = mentions.mention(dice, template, attack, fill_in)
                    if own and dice.random() < 0.15:
                        text += " " + phrases.question(dice)
                    made[text] = 0, kind
    for _ in range(60 * (1 if held else many)):
        made[mentions.things(dice, held)] = 0, "things"
    for _ in range(10 * (1 if held else many)):
        made[strikes.long(dice, held, phrases.JAILBREAK_NAMES, phrases.SLOTS["crime"])] = 1, "long"
    for kinds in (strikes.USERS, strikes.OTHERS):
        for kind, templates in kinds.items():
            for template in mentions.kept(templates, held):
                for _ in range(many if "{" in template else 1):
                    text = strikes.strike(dice, template, lambda: phrases.question(dice), phrases.JAILBREAK_NAMES, phrases.SLOTS["crime"], lambda: mentions.quoted(dice, attack))
                    if dice.random() < 0.2:
                        text = phrases.question(dice) + dice.choice([" ", "\n", ". "]) + text
                    made[text] = 1, kind
    return [(text, label, kind) for text, (label, kind) in made.items()]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("files", nargs="+", type=pathlib.Path)
    options.add_argument("--out", type=pathlib.Path)
    options.add_argument("--folds", type=int, default=0)
    options.add_argument("--left-out", action="store_true", help="also report each file when it was left out")
    options.add_argument("--phrases", type=int, default=3000, help="how many attacks and harmless texts are put together")
    options.add_argument("--many", type=int, default=8, help="how many texts are made of one wording")
    options.add_argument("--documents", nargs="+", default=[], help="folders of text files: what is in them is harmless, until an order is planted in it")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--strength", type=float, default=3e-5, help="how dear large weights are")
    options.add_argument("--shift", type=float, default=0.0, help="added to the bias, so that a score means what it should")
    options.add_argument("--reader", nargs="+", default=["cargo", "run", "--quiet", "--release", "--example", "train-injection"])
    given = options.parse_args()

    texts, labels, groups = [], [], []
    seen = set()

    def add(text, label, group):
        texts.append(text)
        labels.append(label)
        groups.append(group)

    for path in given.files:
        for line in path.read_text().splitlines():
            row = json.loads(line)
            if row["text"] not in seen:
                seen.add(row["text"])
                add(row["text"], int(row["label"] != "benign"), path.stem.split("_")[0])
    given_count = len(texts)
    dice = random.Random(20)
    for made, label in ((phrases.attacks(dice, given.phrases), 1), (phrases.harmless(dice, given.phrases), 0)):
        for text in dict.fromkeys(made):
            add(text, label, "phrases")
    wordings = put_together(random.Random(7), False, given.many)
    for row in wordings:
        add(*row)
    found = [text for text, label, kind in wordings if kind in mentions.OTHERS]
    bare = [text for text, label, kind in wordings if kind in strikes.OTHERS]
    for nth, piece in zip(range(DOCUMENTS), planted.pieces(given.documents, dice)):
        at = dice.choice([0, 400])
        if nth % 3 == 0:
            # Short, so that the order is what the text is known by.
            order = dice.choice(bare) if nth % 15 == 0 else phrases.note(dice)
            add(piece[:at] + "\n" + order + "\n" + piece[at:400], 1, "documents")
        elif nth % 9 == 1:
            add(piece[:at] + "\n" + dice.choice(found) + "\n" + piece[at:400], 0, "documents that quote")
        else:
            add(piece, 0, "documents")
    taught_count = len(texts)
    for row in put_together(random.Random(8), True, 4):
        add(*row)
    print(f"{given_count} texts given, {taught_count - given_count} put together, {sum(labels[:taught_count])} attacks; {len(texts) - taught_count} held out")
    labels, groups = np.array(labels), np.array(groups)
    features = Features(given.reader, texts)
    importance = np.where(np.arange(len(texts)) < given_count, 1.0, MADE)
    # Else quotation marks would be a way to get through.
    importance[groups == "quoted orders"] *= 3

    def taught(by):
        own = [i for i in by if i < given_count]
        doubted = {own[at] for at in contradicted([texts[i] for i in own], labels[own])}
        by = [i for i in by if i not in doubted]
        return learn(Windows(features, by), labels[by], importance[by], given.rounds, given.strength)

    def run(train, test):
        return Windows(features, test).scores(taught(train))

    everything = range(taught_count)
    if given.folds:
        order = list(range(given_count))
        random.Random(1).shuffle(order)
        found = np.zeros(given_count)
        for fold in range(given.folds):
            test = order[fold::given.folds]
            held = set(test)
            found[test] = run([i for i in everything if i not in held], test)
        truth = labels[:given_count] == 1
        report(f"{given.folds}-fold cross-validation", found, labels[:given_count], groups[:given_count])
        for logit in np.arange(-2, 4.1, 0.25):
            hit = found > logit
            print(f"  logit {logit:5.2f}: precision {np.sum(hit & truth) / max(1, np.sum(hit)):.3f} recall "
                  f"{np.mean(hit[truth]):.3f} false positives {np.mean(hit[~truth]):.4f}")
    if given.left_out:
        for name in sorted(set(groups[:given_count])):
            test = [i for i in range(given_count) if groups[i] == name]
            held = set(test)
            harmless = [i for i in range(given_count) if labels[i] == 0]
            random.Random(2).shuffle(harmless)
            # Beside the file's own harmless texts, a third of all others, which are left out with it.
            test += [i for i in harmless[::3] if i not in held]
            held = set(test)
            report(f"without {name}", run([i for i in everything if i not in held], test), labels[test], groups[test])
    weights, rules, bias = taught(everything)
    model = weights, rules, bias + given.shift
    documents = [i for i in everything if groups[i] in ("documents", *strikes.OTHERS)]
    others = FOREIGNS, 0.0
    if given.documents:
        others = foreign(Windows(features, documents), labels[documents], groups[documents] == "documents", model)
    print("\nheld-out wordings, taken for attacks at the usual threshold: of a user, of others")
    held = list(range(taught_count, len(texts)))
    windows = Windows(features, held)
    own = windows.scores(model)
    theirs = windows.scores((weights, rules + others[0], model[2] + others[1]), False)
    for kind in dict.fromkeys(groups[held]):
        here = groups[held] == kind
        print(f"  {kind} ({'attacks' if labels[held][here][0] else 'harmless'}, {here.sum()}): {np.mean(own[here] > USUAL):.2f} {np.mean(theirs[here] > USUAL):.2f}")
    if given.out:
        write(given.out, model, others)
        print("rules", np.round(rules, 2), "bias", bias, "in documents", np.round(others[0], 2), others[1])


if __name__ == "__main__":
    sys.exit(main())
