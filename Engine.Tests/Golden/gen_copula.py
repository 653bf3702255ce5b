"""Writes copula.json: python3 gen_copula.py > copula.json (SciPy 1.10.1, numpy 1.24)."""
import json

import numpy as np
from scipy.integrate import quad
from scipy.stats import norm, truncnorm


def variable(counts):
    counts = np.asarray(counts)
    bounds = norm.ppf(np.cumsum(counts)[:-1] / counts.sum())
    edges = np.concatenate([[-np.inf], bounds, [np.inf]])
    scores = np.array([truncnorm.mean(a, b) for a, b in zip(edges[:-1], edges[1:])])
    return bounds, scores


def covariance(x, y, r):
    """E s s' of two variables of correlation r: Plackett's identity, integrated from 0, where it is 0."""
    (bounds_x, scores_x), (bounds_y, scores_y) = x, y
    total = 0.0
    for step_x, h in zip(np.diff(scores_x), bounds_x):
        for step_y, k in zip(np.diff(scores_y), bounds_y):
            density = lambda t: np.exp(-(h * h - 2 * t * h * k + k * k) / (2 * (1 - t * t))) / (2 * np.pi * np.sqrt(1 - t * t))
            total += step_x * step_y * quad(density, 0, r, epsabs=1e-13, epsrel=1e-12, limit=400)[0]
    return total


variables = {
    "even": [50, 50],
    "rare": [97, 3],
    "common": [15, 85],
    "five": [10, 30, 20, 35, 5],
    "zeros": [60] + [4] * 10,
}
described = {name: variable(counts) for name, counts in variables.items()}
names = list(variables)
pairs = [
    {"x": x, "y": y, "correlation": r, "covariance": covariance(described[x], described[y], r)}
    for i, x in enumerate(names) for y in names[: i + 1] for r in (-0.8, -0.3, 0.05, 0.5, 0.9)
]
print(json.dumps({
    "source": "SciPy 1.10.1: norm.ppf, truncnorm.mean, quad of Plackett's identity; gen_copula.py",
    "tolerance": "bounds and scores 1e-12 absolute; covariances 1e-7, and 5e-5 where |r| is 0.9, where the series is cut off",
    "variables": [
        {"name": name, "counts": variables[name], "bounds": bounds.tolist(), "scores": scores.tolist(),
         "variance": float(np.sum(np.asarray(variables[name]) / np.sum(variables[name]) * scores**2))}
        for name, (bounds, scores) in described.items()
    ],
    "pairs": pairs,
}))
