#!/usr/bin/env python3
"""fit-claim-weights.py EVIDENCE.jsonl [...] [--out data/en/claim-weights.tsv] [--leave-out]

Fits the weights of the claim engine's evidence. Each input line is one labelled unit with its candidates, as
`caveat test --labels FILE --evidence` prints them:
  {"id", "group", "claim": bool, "candidates": [{"evidence": ["rule=…", …], "tier": "…"}]}
A unit that makes a claim has at least one candidate that is one; a unit that makes none has no such candidate.
So this is multiple-instance learning: of a claiming unit the best candidate counts, of the others all do. The model
is logistic regression with an L2 penalty, fitted by gradient descent from zero: the result is deterministic.
`--leave-out` prints, for each group (publisher), how weights fitted on the others do on it, and writes nothing."""
import argparse, collections, json
import numpy as np


def load(paths):
    units = []
    for path in paths:
        for line in open(path, encoding='utf8'):
            if line.strip():
                units.append(json.loads(line))
    return units


def fit(units, names, penalty, rounds=6, steps=400):
    """Weights by name; the best candidate of each claiming unit is chosen anew in each round."""
    index = {name: at for at, name in enumerate(names)}
    rows = [[[index[e] for e in c['evidence'] if e in index] for c in u['candidates']] for u in units]
    weights = np.zeros(len(names))
    for round_ in range(rounds):
        data, labels, importance = [], [], []
        for unit, candidates in zip(units, rows):
            if not candidates: continue
            if unit['claim']:
                best = candidates if round_ == 0 else [max(candidates, key=lambda c: weights[c].sum())]
                for c in best: data.append(c); labels.append(1.0); importance.append(unit.get('weight', 1.0) / len(best))
            else:
                for c in candidates: data.append(c); labels.append(0.0); importance.append(unit.get('weight', 1.0) / len(candidates) ** 0.5)
        lengths = np.array([len(c) for c in data])
        columns = np.concatenate([np.array(c, dtype=int) for c in data])
        starts = np.repeat(np.arange(len(data)), lengths)
        labels, importance = np.array(labels), np.array(importance)
        moment = np.zeros(len(names)); square = np.zeros(len(names))
        for step in range(1, steps + 1):
            scores = np.bincount(starts, weights[columns], len(data))
            error = (1 / (1 + np.exp(-scores)) - labels) * importance
            gradient = np.bincount(columns, error[starts], len(names)) + penalty * weights
            moment = 0.9 * moment + 0.1 * gradient; square = 0.999 * square + 0.001 * gradient ** 2
            weights -= 0.05 * (moment / (1 - 0.9 ** step)) / (np.sqrt(square / (1 - 0.999 ** step)) + 1e-8)
    return dict(zip(names, weights))


def score(units, weights, threshold=0.0):
    """Counts of true and false positives and negatives, as the linter would flag."""
    n = collections.Counter()
    for u in units:
        if u.get('flag') is None: continue
        got = any(sum(weights.get(e, 0.0) for e in c['evidence']) > threshold and c['tier'] in ('unhedged', 'pseudo') for c in u['candidates'])
        n[('tp' if got else 'fn') if u['flag'] else ('fp' if got else 'tn')] += 1
    return n


def show(name, n):
    p = n['tp'] / max(n['tp'] + n['fp'], 1); r = n['tp'] / max(n['tp'] + n['fn'], 1)
    print(f"{name:44} tp {n['tp']:4} fp {n['fp']:4} fn {n['fn']:4} tn {n['tn']:5}  P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f}")


def names_of(units, least):
    seen = collections.Counter(e for u in units for e in {e for c in u['candidates'] for e in c['evidence']})
    return sorted(e for e, k in seen.items() if k >= least)


ap = argparse.ArgumentParser()
ap.add_argument('evidence', nargs='+')
ap.add_argument('--out')
ap.add_argument('--penalty', type=float, default=2.0)
ap.add_argument('--least', type=int, default=4)
ap.add_argument('--leave-out', action='store_true')
ap.add_argument('--check', nargs='*', default=[])
o = ap.parse_args()
units = load(o.evidence)
if o.leave_out:
    total = collections.Counter()
    for group in sorted({u['group'] for u in units}):
        rest = [u for u in units if u['group'] != group]; own = [u for u in units if u['group'] == group]
        n = score(own, fit(rest, names_of(rest, o.least), o.penalty)); total += n
        show(group, n)
    show('left out in turn, all', total)
else:
    weights = fit(units, names_of(units, o.least), o.penalty)
    show('fitted on', score(units, weights))
    for path in o.check: show(path.split('/')[-1], score(load([path]), weights))
    if o.out:
        with open(o.out, 'w', encoding='utf8') as out:
            out.write('# What each piece of evidence weighs: evidence, tab, weight (log-odds). Made by scripts/fit-claim-weights.py.\n')
            for name, weight in sorted(weights.items()):
                if abs(weight) >= 0.02: out.write(f'{name}\t{weight:.2f}\n')
