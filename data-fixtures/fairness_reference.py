"""Writes Engine.Tests/Golden/fairness.json: rates, fairness metrics and calibration of groups.

Versions: Python 3.11.2, scikit-learn 1.2.1, statsmodels 0.13.5, NumPy 1.24.2, those of Debian 12 (python3-sklearn, python3-statsmodels). From the folder of the checkout:

  python3 data-fixtures/fairness_reference.py > Engine.Tests/Golden/fairness.json

Rates come from scikit-learn's confusion matrix. fairlearn is in no Debian package: its metrics are computed from their published definitions, with groups that lack a class left
out, where fairlearn would take 0. The recalibration fits are statsmodels' binomial GLM on the logit of the scores, and
SciPy's brentq where the slope is 1; scores are moved 2^-52 away from 0 and 1 as log_loss does.
Group "sure" holds scores of 0 and 1, "deaths" is of one class, "same" has one score, "apart" is separated by its scores, "never" has nothing predicted class 1.
"""
import json
import sys

import numpy as np
import sklearn
import statsmodels
import statsmodels.api as sm
from scipy.optimize import brentq
from scipy.special import expit
from sklearn.metrics import brier_score_loss, confusion_matrix, log_loss

rng = np.random.Generator(np.random.PCG64(1966))
n, threshold, bins = 600, 0.3, 10
labels = (rng.random(n) < 0.3).astype(int)
scores = np.clip(np.round((0.25 + 0.2 * labels + 0.2 * rng.standard_normal(n)) * 512) / 512, 1 / 512, 511 / 512)
kind = rng.integers(0, 3, n)
groups = {name: kind == value for value, name in enumerate(["a", "b", "c"])}
sure = np.arange(n) % 11 == 0
scores[sure & (np.arange(n) % 2 == 0)] = labels[sure & (np.arange(n) % 2 == 0)]
scores[22], labels[22] = 0.0, 1
groups["sure"] = sure
groups["deaths"] = (labels == 1) & (np.arange(n) % 3 == 0)
same = np.zeros(n, dtype=bool)
same[[5, 17, 28, 39]] = True
scores[same] = 0.375
labels[[5, 17]], labels[[28, 39]] = 1, 0
groups["same"] = same
groups["apart"] = ((labels == 1) & (scores > 0.5) & (scores < 1)) | ((labels == 0) & (scores < 0.4) & (scores > 0))
groups["never"] = scores < threshold
groups["all"] = np.ones(n, dtype=bool)
clip = 2.0**-52


def ratio(part, whole):
    return float(part / whole) if whole != 0 else None


def rates(rows):
    tn, fp, fn, tp = confusion_matrix(labels[rows], scores[rows] >= threshold, labels=[0, 1]).ravel()
    size = rows.sum()
    return {
        "selectionRate": ratio(tp + fp, size), "falsePositiveRate": ratio(fp, fp + tn), "falseNegativeRate": ratio(fn, fn + tp), "falseDiscoveryRate": ratio(fp, fp + tp),
        "falseOmissionRate": ratio(fn, fn + tn), "netBenefit": float(tp / size - fp / size * threshold / (1 - threshold)), "recall": ratio(tp, tp + fn),
    }


def recalibration(rows):
    y, p = labels[rows], np.clip(scores[rows], clip, 1 - clip)
    x = np.log(p) - np.log1p(-p)
    if y.min() == y.max():
        return None, None, None

    large = float(brentq(lambda intercept: np.sum(y - expit(intercept + x)), -100, 100, xtol=1e-15, rtol=1e-15))
    positives, negatives = x[y == 1], x[y == 0]
    if negatives.max() <= positives.min() or positives.max() <= negatives.min():
        return None, None, large
    design = np.column_stack([np.ones(len(y)), x])
    params = sm.GLM(y, design, family=sm.families.Binomial()).fit(tol=1e-14, maxiter=200).params
    # Newton's last steps: the goldens are those of the optimum.
    for _ in range(5):
        q = expit(design @ params)
        params = params + np.linalg.solve(design.T @ (design * (q * (1 - q))[:, None]), design.T @ (y - q))
    assert np.abs(design.T @ (y - expit(design @ params))).max() < 1e-10
    return float(params[0]), float(params[1]), large


def calibration(rows):
    y, p = labels[rows], scores[rows]
    place = np.clip(np.ceil(p * bins).astype(int) - 1, 0, bins - 1)
    gaps = [(place == b).mean() * abs(p[place == b].mean() - y[place == b].mean()) for b in range(bins) if (place == b).any()]
    intercept, slope, large = recalibration(rows)
    return {
        "brier": brier_score_loss(y, p), "logLoss": log_loss(y, p, labels=[0, 1]), "expectedCalibrationError": float(sum(gaps)),
        "calibrationIntercept": intercept, "calibrationSlope": slope, "calibrationInTheLarge": large, "certainRows": int(((p == 0) | (p == 1)).sum()),
    }


def fold(own, other):
    return ratio(min(own, other), max(own, other))


def of_rates(of_each):
    """of_each(rate, is_ratio) -> number or None; the six metrics, equalized odds by both aggregations."""
    both = {kind: [of_each("recall", kind), of_each("falsePositiveRate", kind)] for kind in (False, True)}
    odds = {f"{name}:{aggregation}": None if None in both[kind] else float(join(both[kind]))
            for name, kind, worst in (("equalizedOddsDifference", False, max), ("equalizedOddsRatio", True, min))
            for aggregation, join in (("worst_case", worst), ("mean", np.mean))}
    return {
        "demographicParityDifference": of_each("selectionRate", False), "demographicParityRatio": of_each("selectionRate", True),
        "equalOpportunityDifference": of_each("recall", False), "equalOpportunityRatio": of_each("recall", True), **odds,
    }


def signed(own, other):
    result = of_rates(lambda rate, is_ratio: None if own[rate] is None or other[rate] is None else ratio(own[rate], other[rate]) if is_ratio else own[rate] - other[rate])
    unsigned = of_rates(lambda rate, is_ratio: None if own[rate] is None or other[rate] is None else fold(own[rate], other[rate]) if is_ratio else abs(own[rate] - other[rate]))
    return {name: (unsigned if name.startswith("equalizedOdds") else result)[name] for name in result}


def between(names):
    def of_each(rate, is_ratio):
        values = [of_group[name][rate] for name in names]
        return None if None in values else ratio(min(values), max(values)) if is_ratio else max(values) - min(values)
    return of_rates(of_each)


def overall(names):
    def of_each(rate, is_ratio):
        values, whole = [of_group[name][rate] for name in names], of_group["all"][rate]
        if None in values:
            return None
        folded = [fold(value, whole) for value in values]
        return (None if None in folded else min(folded)) if is_ratio else max(abs(value - whole) for value in values)
    return of_rates(of_each)


of_group = {name: rates(rows) for name, rows in groups.items()}
families = [["a", "b", "c"], ["a", "b"], ["a", "deaths"], ["a", "never"], ["never"]]
json.dump({
    "source": f"data-fixtures/fairness_reference.py: scikit-learn {sklearn.__version__}, statsmodels {statsmodels.__version__}, NumPy {np.__version__}",
    "threshold": threshold, "bins": bins, "scores": scores.tolist(), "labels": labels.tolist(),
    "groups": {name: np.flatnonzero(rows).tolist() for name, rows in groups.items()},
    "rates": of_group,
    "calibration": {name: calibration(rows) for name, rows in groups.items()},
    "against_everyone": {name: signed(of_group[name], of_group["all"]) for name in groups},
    "against_the_rest": {name: signed(of_group[name], rates(~rows)) for name, rows in groups.items() if name != "all"},
    "against_a": {name: signed(of_group[name], of_group["a"]) for name in groups},
    "between_groups": [{"groups": names, **between(names)} for names in families],
    "to_overall": [{"groups": names, **overall(names)} for names in families],
}, sys.stdout, indent=1)
