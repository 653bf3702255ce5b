"""Writes Engine.Tests/Golden/firth.json: logistic regressions by Firth's penalized likelihood (Jeffreys' prior).

Versions: Python 3.11.2, SciPy 1.10.1, NumPy 1.24.2, those of Debian 12. From the folder of the checkout:

  python3 data-fixtures/firth_reference.py > Engine.Tests/Golden/firth.json

No library of these computes it, so it is written out: the root of the modified score (Firth, Biometrika 80, 1993) with leverages from a QR decomposition, and at the root a look at
the objective itself, log-likelihood + log det / 2, which must fall to both sides alike. The first case are the 79 patients with endometrial cancer of Heinze and Schemper, Statistics in
Medicine 21 (2002), as published with R's logistf and brglm2; `published` are logistf's estimates. NV separates the classes there: its maximum-likelihood estimate is infinite.
"""
import json
import sys

import numpy as np
from scipy.optimize import root

ENDOMETRIAL = """0,13,1.64,0 0,16,2.26,0 0,8,3.14,0 0,34,2.68,0 0,20,1.28,0 0,5,2.31,0 0,17,1.8,0 0,10,1.68,0 0,26,1.56,0 0,17,2.31,0 0,8,2.01,0 0,7,1.89,0 0,20,3.15,0
0,10,1.23,0 0,18,1.27,0 0,16,1.76,0 0,18,2,0 0,8,2.64,1 0,29,0.88,1 0,12,1.27,1 0,20,1.37,1 1,38,0.97,1 1,22,1.14,1 1,7,0.88,1 1,25,0.91,1 1,15,0.58,1 0,7,0.97,1 0,28,1.5,0
0,11,1.33,0 0,19,2.37,0 0,10,1.82,0 0,10,3.13,0 0,18,1.31,0 0,14,1.92,0 0,21,1.64,0 0,11,2.01,0 0,17,1.88,0 0,25,1.93,0 0,16,2.11,0 0,19,1.29,0 0,15,1.72,0 0,33,0.75,0
0,24,1.92,0 0,48,1.84,1 0,12,1.11,1 0,19,1.61,1 0,2,1.18,1 1,22,1.44,1 1,40,1.18,1 1,5,0.93,1 1,0,1.17,1 0,21,1.19,1 0,15,1.06,1 0,29,2.02,0 0,15,2.29,0 0,12,2.33,0 0,3,2.9,0
0,20,1.7,0 0,23,1.41,0 0,12,2.25,0 0,22,1.54,0 0,42,1.97,0 0,15,1.75,0 0,13,2.16,0 0,14,2.57,0 0,19,1.37,0 0,12,3.61,0 0,13,2.04,0 0,10,2.17,0 0,12,1.69,1 1,49,0.27,1
0,6,1.84,1 0,5,1.3,1 0,17,0.96,1 1,11,1.01,1 1,21,0.98,1 0,5,0.35,1 1,19,1.02,1 0,33,0.85,1"""


def case(name, x, y, has_intercept=True, weight=None, offset=None, **more):
    # The engine's columns are float32.
    x = np.asarray(x, dtype=np.float32).astype(float)
    design = np.column_stack([np.ones(len(y)), x]) if has_intercept else x
    w = np.ones(len(y)) if weight is None else weight
    o = np.zeros(len(y)) if offset is None else offset

    def at(b):
        m = 1 / (1 + np.exp(-(design @ b + o)))
        return m, design * np.sqrt(w * m * (1 - m))[:, None]

    def score(b):
        m, scaled = at(b)
        leverage = (np.linalg.qr(scaled)[0] ** 2).sum(axis=1)
        return design.T @ (w * (y - m) + leverage * (0.5 - m))

    def log_likelihood(b):
        return -w @ np.logaddexp(0, (1 - 2 * y) * (design @ b + o))

    def objective(b):
        scaled = at(b)[1]
        return log_likelihood(b) + np.linalg.slogdet(scaled.T @ scaled)[1] / 2

    b = np.zeros(design.shape[1])
    for _ in range(500):
        scaled = at(b)[1]
        step = np.linalg.solve(scaled.T @ scaled, score(b))
        step /= max(1, np.abs(design @ step).max())
        while objective(b + step) < objective(b) - 1e-9:
            step /= 2
        b += step
    scaled = at(b)[1]
    errors = np.sqrt(np.diag(np.linalg.inv(scaled.T @ scaled)))
    again = b + errors * root(lambda t: errors * score(b + errors * t), np.full(len(b), 0.01), tol=1e-14).x
    assert np.allclose(again, b, rtol=1e-9), again - b
    for direction in np.diag(errors) * 1e-3:
        down, up = objective(b) - objective(b - direction), objective(b + direction) - objective(b)
        assert down > 0 > up and abs(down + up) < 1e-2 * (down - up), (down, up)
    return {
        "name": name, "X": x.tolist(), "y": y.tolist(), "has_intercept": has_intercept,
        "weight": None if weight is None else weight.tolist(), "offset": None if offset is None else offset.tolist(),
        "coef": b.tolist(), "covariance": np.linalg.inv(scaled.T @ scaled).tolist(),
        "log_likelihood": float(log_likelihood(b)), **more,
    }


rng = np.random.Generator(np.random.PCG64(1993))
endometrial = np.array([[float(value) for value in row.split(",")] for row in ENDOMETRIAL.split()])
assert endometrial.shape == (79, 4)
few = np.round(rng.standard_normal((60, 3)) * 64) / 64
rare = (few[:, 0] > 1.2).astype(int)
offsets = np.round(rng.standard_normal(60) * 32) / 32
weights = rng.integers(1, 17, 60) / 4
mixed = (rng.random(60) < 1 / (1 + np.exp(1 - few[:, 1]))).astype(int)
json.dump({
    "source": "own numpy implementation, checked by SciPy's root and by the objective; published: logistf (R), Heinze and Schemper 2002; data-fixtures/firth_reference.py",
    "seed": "PCG64 1993",
    "cases": [
        case("endometrial", endometrial[:, :3], endometrial[:, 3].astype(int), published=[3.77455951, 2.92927330, -0.03475175, -2.60416387]),
        case("separated_completely", few, rare),
        case("without_intercept", few, mixed, has_intercept=False),
        case("weights_and_offset", few, mixed, weight=weights, offset=offsets),
        case("separated_weights", few, rare, weight=weights),
    ],
}, sys.stdout)
