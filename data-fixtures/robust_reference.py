"""Writes Engine.Tests/Golden/robust_errors.json: standard errors of logistic regressions that do not rest on the model's variances.

Versions: Python 3.11.2, statsmodels 0.13.5, SciPy 1.10.1, NumPy 1.24.2, those of Debian 12 (python3-statsmodels). From the folder of the checkout:

  python3 data-fixtures/robust_reference.py > Engine.Tests/Golden/robust_errors.json

statsmodels 0.13.5 takes cov_type='HC1' of Logit and GLM and returns HC0, so the functions behind cov_type are called here, with use_correction. Every covariance is also
computed from its definition, and must agree. Rows go together in 30 clusters of 3 to 13 rows, whose own addend of the log odds makes them alike, and, across, in 12 others.
"""
import json
import sys

import numpy as np
import statsmodels
import statsmodels.api as sm
from scipy.stats import norm
from statsmodels.stats.sandwich_covariance import cov_cluster, cov_cluster_2groups, cov_white_simple

rng = np.random.Generator(np.random.PCG64(2011))
n = 240
patients = np.repeat(np.arange(30), np.concatenate([np.arange(3, 14), np.arange(3, 14), np.full(8, 8)]))[:n]
assert len(patients) == n
order = rng.permutation(n)
patients = patients[order] * 7 - 50
months = rng.integers(0, 12, n)
x = np.round(rng.standard_normal((n, 3)) * 256) / 256
x[:, 2] = (x[:, 2] + 0.5 * x[:, 0] > 0.3).astype(float)
of_patient = rng.standard_normal(30)[(patients + 50) // 7]
y = (rng.random(n) < 1 / (1 + np.exp(1 - 0.8 * x[:, 0] - 0.5 * x[:, 2] - of_patient))).astype(int)
counts = rng.integers(1, 5, n)
weights = rng.integers(1, 33, n) / 8
offsets = np.round(rng.standard_normal(n) * 64) / 64
design = np.column_stack([np.ones(n), x])


def own(results, keys, factor, weight, design, offset, as_counts=False):
    """The sandwich by its definition."""
    p = 1 / (1 + np.exp(-(design @ results.params + offset)))
    inverse = np.linalg.inv(design.T @ (design * (weight * p * (1 - p))[:, None]))
    scores = design * (weight * (y - p))[:, None] / (np.sqrt(weight)[:, None] if as_counts else 1)
    sums = np.array([scores[keys == key].sum(axis=0) for key in np.unique(keys)])
    m, (rows, k) = len(sums), design.shape
    return inverse @ (sums.T @ sums) @ inverse * (m / (m - 1) * (rows - 1) / (rows - k) if factor else 1)


def entry(covariance, params, check):
    assert np.allclose(covariance, check, rtol=1e-9, atol=1e-13), np.abs(covariance - check).max()
    errors = np.sqrt(np.diag(covariance))
    z = params / errors
    return {
        "covariance": covariance.tolist(), "standard_error": errors.tolist(), "z": z.tolist(), "p": (2 * norm.sf(np.abs(z))).tolist(),
        "interval_90": np.column_stack([params - norm.ppf(0.95) * errors, params + norm.ppf(0.95) * errors]).tolist(),
    }


def case(name, model, weight, design, offset, as_counts=False):
    results = model.fit(method="newton", tol=1e-14, maxiter=100, disp=0) if isinstance(model, sm.Logit) else model.fit(tol=1e-14, maxiter=100)
    # Newton's last steps: the goldens are those of the optimum.
    params = results.params.copy()
    for _ in range(5):
        p = 1 / (1 + np.exp(-(design @ params + offset)))
        params += np.linalg.solve(design.T @ (design * (weight * p * (1 - p))[:, None]), design.T @ (weight * (y - p)))
    assert np.allclose(params, results.params, rtol=1e-8)
    results._results.params = params
    # statsmodels takes no negative numbers of clusters.
    patient = np.unique(patients, return_inverse=True)[1]
    both = np.column_stack([patient, months])
    values = {"name": name, "coef": params.tolist()}
    rows = np.arange(n)

    def own_of(keys, factor, counts=False):
        return own(results, keys, factor, weight, design, offset, counts)

    values["HC0"] = entry(cov_white_simple(results, use_correction=False), params, own_of(rows, False, as_counts))
    values["HC1"] = entry(cov_white_simple(results, use_correction=True), params, own_of(rows, False, as_counts) * n / (n - design.shape[1]))
    for key, corrected in [("cluster", True), ("cluster_without_factor", False)]:
        values[key] = entry(cov_cluster(results, patient, use_correction=corrected), params, own_of(patients, corrected))
    for key, corrected in [("two_way", True), ("two_way_without_factor", False)]:
        check = own_of(patients, corrected) + own_of(months, corrected) - own_of(patient * 12 + months, corrected)
        values[key] = entry(cov_cluster_2groups(results, both, use_correction=corrected)[0], params, check)
    return values


ones = np.ones(n)
binomial = sm.families.Binomial()
json.dump({
    "source": f"statsmodels {statsmodels.__version__}: Logit and GLM(Binomial), cov_white_simple, cov_cluster, cov_cluster_2groups; data-fixtures/robust_reference.py",
    "seed": "PCG64 2011",
    "X": x.tolist(), "y": y.tolist(), "patient": patients.tolist(), "month": months.tolist(),
    "count": counts.tolist(), "weight": weights.tolist(), "offset": offsets.tolist(),
    "cases": [
        case("plain", sm.Logit(y, design), ones, design, 0),
        case("without_intercept", sm.Logit(y, x), ones, x, 0),
        case("offset", sm.GLM(y, design, binomial, offset=offsets), ones, design, offsets),
        case("weights", sm.GLM(y, design, binomial, var_weights=weights), weights, design, 0),
        case("weights_and_offset", sm.GLM(y, design, binomial, var_weights=weights, offset=offsets), weights, design, offsets),
        case("counts", sm.GLM(y, design, binomial, freq_weights=counts), counts.astype(float), design, 0, as_counts=True),
    ],
}, sys.stdout)
