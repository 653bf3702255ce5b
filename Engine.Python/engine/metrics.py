"""Metrics of subgroups."""

from __future__ import annotations

from typing import Any, Dict, Optional, Union

import numpy as np

from ._arrays import as_column, as_masks, as_outcomes, check_length
from ._native import call

_COUNTS = ("rows", "positives", "true_positives", "false_positives", "false_negatives", "true_negatives")
_METRICS = (
    "prevalence",
    "accuracy",
    "balanced_accuracy",
    "auroc",
    "precision_c1",
    "recall_c1",
    "f1_c1",
    "average_precision_c1",
    "trapezoid_pr_c1",
    "precision_c0",
    "recall_c0",
    "f1_c0",
    "average_precision_c0",
    "trapezoid_pr_c0",
    "mcc",
    "divergence_c1",
    "divergence_c0",
    "divergence_dual",
    "brier",
    "selection_rate",
    "false_positive_rate",
    "false_negative_rate",
    "false_discovery_rate",
    "false_omission_rate",
    "net_benefit",
)

MetricRow = Dict[str, Union[int, float, None]]


def subgroup_metrics(scores: Any, y: Any, groups: Any, *, threshold: float = 0.5, n_jobs: Optional[int] = None) -> Dict[str, MetricRow]:
    """Computes every metric of every subgroup from one sort of the scores.

    Parameters
    ----------
    scores : array-like of shape (n_samples,)
        Any numbers but NaN; the Brier score asks for probabilities.
    y : array-like of shape (n_samples,)
        0 or 1, or truth values; class 1 is the one that is scored.
    groups : array-like of shape (n_samples,), or mapping
        The group of each row, None for none; or masks by name, which may overlap.
    threshold : float, default .5
        The score from which class 1 is predicted.
    n_jobs : int, default None
        The largest number of threads.

    Returns
    -------
    dict
        For each group, in order of first appearance, the counts of its rows and its metrics by name, None where one is
        undefined, as AUROC is with one class only. ``pandas.DataFrame(table).T`` makes a table of it.
    """
    values = np.ascontiguousarray(as_column(scores, "scores"), dtype=np.float64)
    labels = as_outcomes(y)
    check_length("y", labels, values, "scores")
    names, masks = as_masks(groups, len(values))
    metrics = np.empty((len(names), len(_METRICS)))
    counts = np.empty((len(names), len(_COUNTS)), dtype=np.int64)
    call("MetricEntries.Subgroups", values, labels, len(values), masks, len(names), float(threshold), len(_METRICS), metrics, counts, n_jobs=n_jobs)
    return {
        name: {
            **dict(zip(_COUNTS, counts[group].tolist())),
            **{metric: None if value != value else value for metric, value in zip(_METRICS, metrics[group].tolist())},
        }
        for group, name in enumerate(names)
    }
