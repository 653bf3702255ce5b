"""Double prioritized sampling."""

from __future__ import annotations

import math
from ctypes import c_int
from typing import Any, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from ._arrays import as_matrix, as_outcomes, check_length
from ._native import Samples, call
from .logistic import STATUSES, FitNumbers, LogisticRegression

PAPER_UNITS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20)


class UnitScore(NamedTuple):
    """How the model of one number of units did on the rows that choose."""

    units: int
    balanced_accuracy: float
    trapezoid_pr_c1: float
    status: str


class PrioritizedSearch(NamedTuple):
    """The result of a search over numbers of units."""

    scores: Tuple[UnitScore, ...]
    """One for each number of units, in the order they were tried."""

    chosen_units: int
    """The number of units of the chosen model: of the three highest balanced accuracies the highest area under the precision-recall curve."""

    model: LogisticRegression
    """The chosen model, fitted."""


def double_prioritized_search(
    X: Any,
    y: Any,
    group: Any,
    X_select: Any,
    y_select: Any,
    group_select: Any,
    *,
    units: Sequence[int] = PAPER_UNITS,
    C: float = math.inf,
    threshold: float = 0.5,
    n_jobs: Optional[int] = None,
) -> PrioritizedSearch:
    """Repeats the class 1 rows of one group as often as serves that group best.

    k units are the rows as they are and k - 1 further copies of the group's rows of class 1; each k gives a logistic
    regression, and one is chosen. No row is copied.

    Parameters
    ----------
    X, y, group
        Rows to fit on, their labels (0 or 1), and a mask of those in the group.
    X_select, y_select, group_select
        The same of the rows to choose on; the group must have both classes among them.
    units : sequence of int
        The numbers of units to try, each once; those of Afrose et al. 2021 by default.
    C : float, default inf
        The inverse of the ridge penalty.
    threshold : float, default .5
        The probability from which a row counts as class 1.
    n_jobs : int, default None
        The largest number of threads.
    """
    model = LogisticRegression(C=C, n_jobs=n_jobs)
    training, selection = _samples("", X, y, group), _samples("_select", X_select, y_select, group_select)
    penalty = model._options().ridge_penalty
    tried = np.ascontiguousarray(units, dtype=np.int32)
    scores, statuses, chosen = np.empty((len(tried), 2)), np.empty(len(tried), dtype=np.int32), c_int()
    feature_count = training.rows.contents.column_count
    fit = FitNumbers(feature_count + 1)
    call(
        "PrognosisEntries.SearchUnits",
        training,
        selection,
        tried,
        len(tried),
        penalty,
        float(threshold),
        scores,
        statuses,
        chosen,
        fit.coefficients,
        fit.covariance,
        fit.left_out,
        fit.result,
        n_jobs=n_jobs,
    )
    model.n_features_in_ = feature_count
    model.classes_ = np.array([0, 1])
    model._take(fit)
    told = tuple(UnitScore(int(count), *map(float, score), STATUSES[status]) for count, score, status in zip(tried, scores, statuses))
    return PrioritizedSearch(told, chosen.value, model)


def _samples(suffix: str, X: Any, y: Any, group: Any) -> Samples:
    rows, labels, mask = as_matrix(X, f"X{suffix}"), as_outcomes(y, f"y{suffix}"), np.ascontiguousarray(group, dtype=bool)
    check_length(f"y{suffix}", labels, rows, f"X{suffix}")
    check_length(f"group{suffix}", mask, rows, f"X{suffix}")
    return Samples.of(rows, labels, mask)
