"""Writes cleaning.json: /usr/bin/python3 gen_cleaning.py > cleaning.json (imbalanced-learn 0.10.0).

imbalanced-learn leaves out the first neighbor instead of the row itself, and breaks ties as its search happens to;
so no row has two others at the same distance here, which is checked.
"""
import json

import imblearn
import numpy as np
from imblearn.under_sampling import EditedNearestNeighbours, TomekLinks

rng = np.random.Generator(np.random.PCG64(811))
STRATEGIES = {"majority": "majority", "minority": "not majority", "both": "all"}


def has_ties(values):
    squares = ((values[:, None, :] - values[None, :, :]) ** 2).sum(axis=2)
    return any(len(np.unique(row)) < len(row) for row in squares)


def rows(draw):
    while has_ties(values := draw()):
        pass
    return values


def case(name, draw, share):
    values = rows(draw)
    labels = np.zeros(len(values), dtype=int)
    # Rows of class 1 lie to one side, so that there are links and disagreements, but also agreement.
    order = np.argsort(-(values[:, 0] / values[:, 0].std() + rng.normal(size=len(values))))
    labels[order[:int(share * len(values))]] = 1

    def kept(sampler):
        sampler.fit_resample(values, labels)
        return sorted(int(row) for row in sampler.sample_indices_)

    return {
        "name": name, "X": values.tolist(), "y": labels.tolist(),
        "tomek": {ours: kept(TomekLinks(sampling_strategy=theirs)) for ours, theirs in STRATEGIES.items()},
        "enn": [
            {"k": k, "rule": rule, "kept": {
                ours: kept(EditedNearestNeighbours(sampling_strategy=theirs, n_neighbors=k, kind_sel=rule)) for ours, theirs in STRATEGIES.items()}}
            for k in (1, 3, 4, 5) for rule in ("all", "mode")
        ],
    }


print(json.dumps({
    "source": f"imbalanced-learn {imblearn.__version__}: TomekLinks, EditedNearestNeighbours, sample_indices_; gen_cleaning.py",
    "cases": [
        case("integers_d4_n60", lambda: rng.integers(-3000, 3000, (60, 4)).astype(float), 0.3),
        case("integers_d2_n90", lambda: rng.integers(-40000, 40000, (90, 2)).astype(float), 0.2),
        # Values are float32 numbers, so that both sides see the same ones.
        case("real_d3_n120", lambda: rng.normal(size=(120, 3)).astype(np.float32).astype(float), 0.25),
        case("real_d12_n150", lambda: rng.normal(size=(150, 12)).astype(np.float32).astype(float), 0.15),
    ],
}))
