"""Logistic regression by iteratively reweighted least squares."""

from __future__ import annotations

import math
import warnings
from ctypes import c_int
from typing import Any, Optional, Tuple

import numpy as np

from ._arrays import as_column, as_labels, as_weights, check_finite, check_length
from ._base import Estimator, as_choice
from ._native import Fit, Logistic, Matrix, call
from .exceptions import ConvergenceWarning

STATUSES = ("converged", "iteration_limit", "separated", "singular")
_FACTORS = {"clusters_and_coefficients": 0, "clusters": 1, "none": 2}
_METHODS = {"newton": 0, "firth": 1}


class RobustErrors:
    """A covariance of coefficients that holds though the model's own does not; made by :meth:`LogisticRegression.robust_errors`.

    Attributes
    ----------
    covariance_ : ndarray of shape (k, k)
        Of the coefficients, the intercept first.
    standard_errors_ : ndarray of shape (k,)
        The roots of its diagonal; NaN where crossed clusters made a variance negative.
    z_scores_, p_values_ : ndarray of shape (k,)
        Coefficients in standard errors, and what a normal variable says of them.
    n_clusters_ : int
        The number of clusters, by two ways the smaller: with fewer than about forty, intervals are too short.
    """

    def __init__(self, coefficients: np.ndarray, covariance: np.ndarray, cluster_count: int) -> None:
        self.covariance_ = covariance
        self.n_clusters_ = cluster_count
        with np.errstate(invalid="ignore"):
            self.standard_errors_ = np.sqrt(np.diag(covariance))
        self.z_scores_, self.p_values_ = _inference(coefficients, self.standard_errors_)


class FirthProfiles:
    """Intervals and tests of coefficients by the profile of Firth's penalized likelihood; made by :meth:`LogisticRegression.firth_profiles`.

    They are as lopsided as the data make them: where classes are separated, intervals from standard errors are not to be trusted.

    Attributes
    ----------
    intervals_ : ndarray of shape (k, 2)
        The ends, the intercept's first; infinite where the profile nowhere falls so far, NaN of a coefficient that was left out.
    chi_squared_, p_values_ : ndarray of shape (k,)
        Twice what the penalized log-likelihood loses where the coefficient is 0, and what the chi-squared distribution says of it.
    """

    def __init__(self, numbers: np.ndarray) -> None:
        self.intervals_ = numbers[:, :2]
        self.chi_squared_, self.p_values_ = numbers[:, 2], numbers[:, 3]


class LogisticRegression(Estimator):
    """Logistic regression of two classes, without a penalty unless one is asked for, with standard errors.

    It is fitted by Newton's method to 1e-8 standard errors of the optimum, or by Firth's penalized likelihood. What a fit is
    worth is in ``status_``: a fit of separated classes, or of columns that are combinations of others, says so.

    Parameters
    ----------
    C : float, default inf
        The inverse of the ridge penalty, as in scikit-learn: the objective is ||b||^2 / 2 + C x loss. inf for no penalty.
        The intercept has none.
    fit_intercept : bool, default True
        Whether a column of ones is added.
    method : {"newton", "firth"}, default "newton"
        Maximum likelihood, or Firth's penalized likelihood for few events and separated classes.
    tol : float, default 1e-8
        The distance to the optimum, in standard errors, at which the last step is taken.
    max_iter : int, default 100
        The largest number of steps.
    n_jobs : int, default None
        The largest number of threads; nothing depends on it.

    Attributes
    ----------
    classes_ : ndarray of shape (2,)
        The classes; the second is the one whose probability is fitted.
    coef_ : ndarray of shape (1, n_features)
    intercept_ : ndarray of shape (1,)
    covariance_ : ndarray of shape (k, k)
        Of the coefficients, the intercept first where there is one: the inverse of the (penalized) information.
    standard_errors_, z_scores_, p_values_ : ndarray of shape (k,)
        In the same order; NaN, for z and p, of a coefficient that was left out.
    status_ : {"converged", "iteration_limit", "separated", "singular"}
        How the fit ended. Coefficients are estimates when it converged, and so are those that were not left out of a singular one.
    left_out_ : ndarray of int
        The columns that are combinations of others; their coefficients are 0.
    log_likelihood_, null_deviance_ : float
    n_iter_ : ndarray of shape (1,)
    """

    _estimator_type = "classifier"

    def __init__(
        self,
        *,
        C: float = math.inf,
        fit_intercept: bool = True,
        method: str = "newton",
        tol: float = 1e-8,
        max_iter: int = 100,
        n_jobs: Optional[int] = None,
    ) -> None:
        self.C = C
        self.fit_intercept = fit_intercept
        self.method = method
        self.tol = tol
        self.max_iter = max_iter
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> "LogisticRegression":
        """Fits the probability of the second class.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Finite; float32 in C order is read in place.
        y : array-like of shape (n_samples,)
            Two classes.
        sample_weight : array-like of shape (n_samples,), default None
            0 or more; a weight counts as so many rows.
        """
        options = self._options()
        rows = self._rows_to_fit(X)
        self.classes_, labels = as_labels(y)
        check_length("y", labels, rows)
        weights = as_weights(sample_weight, rows)
        fit = FitNumbers(self.n_features_in_ + bool(self.fit_intercept))
        call("LogisticEntries.Fit", Matrix.of(rows), labels, weights, options, fit.coefficients, fit.covariance, fit.left_out, fit.result, n_jobs=self.n_jobs)
        self._take(fit)
        if self.status_ != "converged":
            warnings.warn(f"the fit ended as {self.status_!r} after {self.n_iter_[0]} steps; see status_ and left_out_, or set C or method='firth'.", ConvergenceWarning, stacklevel=2)
        return self

    def decision_function(self, X: Any) -> np.ndarray:
        """Returns the log odds of the second class, one a row."""
        return self._predict(X, is_probability=False)

    def predict_proba(self, X: Any) -> np.ndarray:
        """Returns the probabilities of both classes, of shape (n_samples, 2)."""
        second = self._predict(X, is_probability=True)
        return np.column_stack((1 - second, second))

    def predict_log_proba(self, X: Any) -> np.ndarray:
        """Returns the logarithms of the probabilities of both classes."""
        log_odds = self.decision_function(X)
        return np.column_stack((-np.logaddexp(0, log_odds), -np.logaddexp(0, -log_odds)))

    def predict(self, X: Any) -> np.ndarray:
        """Returns the more probable class of each row."""
        return self.classes_[(self.decision_function(X) > 0).astype(np.intp)]

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """Returns the share of right predictions."""
        return float(np.average(self.predict(X) == np.asarray(y), weights=sample_weight))

    def robust_errors(
        self,
        X: Any,
        y: Any,
        clusters: Any = None,
        crossed_clusters: Any = None,
        *,
        sample_weight: Any = None,
        factor: str = "clusters_and_coefficients",
        weights_are_counts: bool = False,
    ) -> RobustErrors:
        """Computes errors that hold for rows of unequal variance, for clusters such as patients, and for clusters by two ways.

        Parameters
        ----------
        X, y, sample_weight
            What was fitted.
        clusters : array-like of shape (n_samples,), default None
            What rows of a cluster share; None for every row by itself (HC1).
        crossed_clusters : array-like of shape (n_samples,), default None
            The same by another way that crosses the first.
        factor : {"clusters_and_coefficients", "clusters", "none"}
            The factor for small samples: that of statsmodels, that of Stata, or none.
        weights_are_counts : bool, default False
            Whether a weight is a number of rows, each observed by itself.
        """
        rows, labels, coefficients, left_out = self._as_fitted(X, y)
        covariance, cluster_count = np.empty_like(self.covariance_), c_int()
        call(
            "LogisticEntries.RobustErrors",
            Matrix.of(rows),
            labels,
            as_weights(sample_weight, rows),
            self._options(),
            coefficients,
            self.covariance_,
            left_out,
            _as_clusters("clusters", clusters, rows),
            _as_clusters("crossed_clusters", crossed_clusters, rows),
            as_choice("factor", factor, _FACTORS),
            int(weights_are_counts),
            covariance,
            cluster_count,
            n_jobs=self.n_jobs,
        )
        return RobustErrors(coefficients, covariance, cluster_count.value)

    def firth_profiles(self, X: Any, y: Any, *, sample_weight: Any = None, confidence: float = 0.95) -> FirthProfiles:
        """Computes intervals and tests of every coefficient by the profile of Firth's penalized likelihood.

        Parameters
        ----------
        X, y, sample_weight
            What was fitted, by ``method="firth"``.
        confidence : float, default .95
            The share of such intervals that hold the true value.
        """
        if self.method != "firth":
            raise ValueError(f"the fit is by method={self.method!r}; profiles are those of method='firth'.")
        rows, labels, coefficients, left_out = self._as_fitted(X, y)
        numbers = np.empty((len(coefficients), 4))
        call(
            "LogisticEntries.FirthProfiles",
            Matrix.of(rows),
            labels,
            as_weights(sample_weight, rows),
            self._options(),
            coefficients,
            self.covariance_,
            left_out,
            float(confidence),
            numbers,
            n_jobs=self.n_jobs,
        )
        return FirthProfiles(numbers)

    def _as_fitted(self, X: Any, y: Any) -> Tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Returns rows and labels that were fitted, the coefficients, and which of them were left out."""
        rows = self._rows_like_fitted(X)
        labels = (as_column(y) == self.classes_[1]).astype(np.uint8)
        check_length("y", labels, rows)
        coefficients = self._coefficients()
        left_out = np.zeros(len(coefficients), dtype=np.uint8)
        left_out[self.left_out_ + len(coefficients) - self.n_features_in_] = 1
        return rows, labels, coefficients, left_out

    def _options(self) -> Logistic:
        if not self.C > 0:
            raise ValueError(f"C is {self.C}; allowed is above 0.")
        return Logistic(1 / self.C, self.tol, int(self.max_iter), bool(self.fit_intercept), as_choice("method", self.method, _METHODS))

    def _take(self, fit: "FitNumbers") -> None:
        features = fit.coefficients[len(fit.coefficients) - self.n_features_in_ :]
        self.coef_ = features.reshape(1, -1).copy()
        self.intercept_ = fit.coefficients[:1].copy() if self.fit_intercept else np.zeros(1)
        self.covariance_ = fit.covariance
        self.standard_errors_ = np.sqrt(np.diag(fit.covariance))
        self.z_scores_, self.p_values_ = _inference(fit.coefficients, self.standard_errors_)
        self.status_ = STATUSES[fit.result.status]
        self.left_out_ = np.flatnonzero(fit.left_out[len(fit.left_out) - self.n_features_in_ :])
        self.log_likelihood_ = fit.result.log_likelihood
        self.null_deviance_ = fit.result.null_deviance
        self.n_iter_ = np.array([fit.result.iterations], dtype=np.int32)

    def _coefficients(self) -> np.ndarray:
        return np.concatenate((self.intercept_, self.coef_[0])) if self.fit_intercept else self.coef_[0].copy()

    def _predict(self, X: Any, is_probability: bool) -> np.ndarray:
        rows = self._rows_like_fitted(X)
        values = np.empty(len(rows))
        call("LogisticEntries.Predict", Matrix.of(rows), self._coefficients(), int(bool(self.fit_intercept)), int(is_probability), values, n_jobs=self.n_jobs)
        if not np.isfinite(values).all():
            check_finite(rows)
        return values

    def _more_tags(self) -> dict:
        # What scikit-learn's checks ask about.
        return {"binary_only": True, "requires_y": True}


class FitNumbers:
    """Where the engine writes a fit of k coefficients."""

    def __init__(self, count: int) -> None:
        self.coefficients = np.empty(count)
        self.covariance = np.empty((count, count))
        self.left_out = np.empty(count, dtype=np.uint8)
        self.result = Fit()


def _as_clusters(name: str, clusters: Any, rows: np.ndarray) -> Optional[np.ndarray]:
    if clusters is None:
        return None
    values = np.asarray(clusters)
    check_length(name, values, rows)
    return np.unique(values, return_inverse=True)[1].astype(np.int32)


def _inference(coefficients: np.ndarray, errors: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    with np.errstate(invalid="ignore", divide="ignore"):
        scores = np.where(errors > 0, coefficients / errors, np.nan)
    return scores, np.array([math.erfc(abs(score) / math.sqrt(2)) if score == score else math.nan for score in scores])
