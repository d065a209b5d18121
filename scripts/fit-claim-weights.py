#!/usr/bin/env python3
"""fit-claim-weights.py EVIDENCE.jsonl [...] [--check EVIDENCE.jsonl ...] [--leave-out] [--out data/en/claim-weights.tsv]

Fits the weights of the claim engine's evidence. Needs numpy. Each input line is one labelled unit, as
`cargo run --release --example claim_evidence -- LABELS.jsonl` prints it:
  {"id", "group", "claim", "flag", "sentences": [{"evidence": [...], "candidates": [{"evidence": [...], "tier"}]}]}
A unit that makes a claim has at least one sentence that makes one; a unit that makes none has no such sentence. So
this is multiple-instance learning: of a claiming unit the best sentence counts, of the others all do. The model is
logistic regression with an L2 penalty, fitted from zero by a fixed number of steps: the result is deterministic.
Evidence seen in fewer than --least units or --groups publishers is left out, so that no publisher's own wording counts.
`--leave-out` prints, for each publisher of the first file, how weights fitted on all others do on it."""
import argparse, collections, json
import numpy as np

MARGIN = 1.0  # as in src/facts/assertion/mod.rs
LEAST_WEIGHT = 0.05  # lighter evidence is left out: the file is read at every start


def load(paths):
    return [json.loads(line) for path in paths for line in open(path, encoding='utf8') if line.strip()]


def names_of(units, least, groups):
    seen, by = collections.Counter(), collections.defaultdict(set)
    for u in units:
        for e in {e for s in u['sentences'] for e in s['evidence']}:
            seen[e] += 1
            by[e].add(u['group'])
    return sorted(e for e, k in seen.items() if k >= least and len(by[e]) >= groups)


def fit(units, names, penalty, rounds=3, steps=200):
    index = {name: at for at, name in enumerate(names)}
    rows = [[np.array([index[e] for e in s['evidence'] if e in index], dtype=int) for s in u['sentences']] for u in units]
    weights = np.zeros(len(names))
    for round_ in range(rounds):
        data, labels, importance = [], [], []
        for unit, sentences in zip(units, rows):
            if not sentences: continue
            if unit['claim']:
                best = sentences if round_ == 0 else [max(sentences, key=lambda s: weights[s].sum())]
                for s in best: data.append(s); labels.append(1.0); importance.append(1 / len(best))
            else:
                for s in sentences: data.append(s); labels.append(0.0); importance.append(1.0)
        columns = np.concatenate(data)
        starts = np.repeat(np.arange(len(data)), [len(s) for s in data])
        labels, importance = np.array(labels), np.array(importance)
        moment, square = np.zeros(len(names)), np.zeros(len(names))
        for step in range(1, steps + 1):
            scores = np.bincount(starts, weights[columns], len(data))
            error = (1 / (1 + np.exp(-np.clip(scores, -30, 30))) - labels) * importance
            gradient = np.bincount(columns, error[starts], len(names)) + penalty * weights
            moment = 0.9 * moment + 0.1 * gradient
            square = 0.999 * square + 0.001 * gradient ** 2
            weights -= 0.03 * (moment / (1 - 0.9 ** step)) / (np.sqrt(square / (1 - 0.999 ** step)) + 1e-8)
    return dict(zip(names, weights))


def flagged(unit, weights, threshold):
    """Whether the linter would flag the unit: a sentence that claims, with a weighty candidate that no hedge clears."""
    for s in unit['sentences']:
        if sum(weights.get(e, 0.0) for e in s['evidence']) <= threshold: continue
        own = [sum(weights.get(e, 0.0) for e in c['evidence']) for c in s['candidates']]
        if any(c['tier'] in ('unhedged', 'pseudo') and w >= max(own) - MARGIN for c, w in zip(s['candidates'], own)): return True
    return False


def score(units, weights, threshold=0.0):
    n = collections.Counter()
    for u in units:
        if u['flag'] is not None:
            n[('tp' if u['flag'] else 'fp') if flagged(u, weights, threshold) else ('fn' if u['flag'] else 'tn')] += 1
    return n


def show(name, n):
    p, r = n['tp'] / max(n['tp'] + n['fp'], 1), n['tp'] / max(n['tp'] + n['fn'], 1)
    print(f"{name:44} tp {n['tp']:4} fp {n['fp']:4} fn {n['fn']:4} tn {n['tn']:5}  P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f}")


ap = argparse.ArgumentParser()
ap.add_argument('evidence', nargs='+')
ap.add_argument('--out')
ap.add_argument('--penalty', type=float, default=8.0)
ap.add_argument('--least', type=int, default=6)
ap.add_argument('--groups', type=int, default=3)
ap.add_argument('--threshold', type=float, default=0.0)
ap.add_argument('--leave-out', action='store_true')
ap.add_argument('--check', nargs='*', default=[])
if __name__ == '__main__':
    o = ap.parse_args()
    units = load(o.evidence)
    if o.leave_out:
        total = collections.Counter()
        for group in sorted({u['group'] for u in load(o.evidence[:1])}):
            rest, own = [u for u in units if u['group'] != group], [u for u in units if u['group'] == group]
            n = score(own, fit(rest, names_of(rest, o.least, o.groups), o.penalty, 2, 150), o.threshold)
            total += n
            show(group, n)
        show('left out in turn, all', total)
    else:
        weights = fit(units, names_of(units, o.least, o.groups), o.penalty)
        weights['bias'] = weights.get('bias', 0.0) - o.threshold
        weights = {name: round(weight, 2) for name, weight in weights.items() if abs(weight) >= LEAST_WEIGHT}
        show(f'fitted on ({len(weights)} pieces)', score(units, weights))
        for path in o.check: show(path.split('/')[-1], score(load([path]), weights))
        if o.out:
            with open(o.out, 'w', encoding='utf8') as out:
                out.write('# What each piece of evidence weighs: evidence, tab, weight (log-odds). Made by scripts/fit-claim-weights.py.\n')
                out.write('# Fitted on tests/labels and on labelled sentences of public pages that are not part of the project.\n')
                for name, weight in sorted(weights.items()):
                    out.write(f'{name}\t{weight:.2f}\n')
