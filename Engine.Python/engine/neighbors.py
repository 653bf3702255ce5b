"""Exact nearest neighbors."""

from __future__ import annotations

from ctypes import c_int64
from typing import Any, Dict, NamedTuple, Optional, Tuple, Union

import numpy as np

from ._arrays import as_masks, as_matrix
from ._base import Estimator, as_choice
from ._native import Handle, Matrix, call

METRICS = {"manhattan": 0, "l1": 0, "cityblock": 0, "euclidean": 1, "l2": 1, "sqeuclidean": 2}


class NearestNeighbors(Estimator):
    """Exact k nearest neighbors: prepared once on rows, searched many times.

    Lists are ordered by (distance, row), so that ties are decided and k = 10 is a prefix of k = 100. Distances are
    float32, summed as differences: no list depends on the number of threads, the batch, or the processor.

    Parameters
    ----------
    n_neighbors : int, default 5
        How many neighbors ``kneighbors`` finds when it is not told.
    radius : float, default 1.0
        How far ``radius_neighbors`` looks when it is not told.
    metric : {"euclidean", "l2", "manhattan", "l1", "cityblock", "sqeuclidean"}, default "euclidean"
        The distance.
    n_jobs : int, default None
        The largest number of threads; None and -1 for one a core. Nothing depends on it.

    Attributes
    ----------
    n_features_in_ : int
        The number of columns of the rows that were fitted.
    n_samples_fit_ : int
        The number of those rows. They are read where they lie, if they are float32, and must not change until ``close``.

    Examples
    --------
    >>> import numpy as np
    >>> from engine import NearestNeighbors
    >>> rows = np.array([[0, 0], [1, 0], [5, 5]], dtype=np.float32)
    >>> distances, indices = NearestNeighbors(n_neighbors=1).fit(rows).kneighbors()
    >>> indices.ravel().tolist()
    [1, 0, 1]
    """

    def __init__(self, n_neighbors: int = 5, *, radius: float = 1.0, metric: str = "euclidean", n_jobs: Optional[int] = None) -> None:
        self.n_neighbors = n_neighbors
        self.radius = radius
        self.metric = metric
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any = None) -> "NearestNeighbors":
        """Prepares a search.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Finite; float32 in C order, rows at any distance, is read in place.
        y : ignored
        """
        as_choice("metric", self.metric, METRICS)
        self.close()
        rows = self._rows_to_fit(X)
        self._fit_X = rows
        self.n_samples_fit_ = len(rows)
        self._search = self._build()
        return self

    def kneighbors(
        self, X: Any = None, n_neighbors: Optional[int] = None, return_distance: bool = True
    ) -> Union[np.ndarray, Tuple[np.ndarray, np.ndarray]]:
        """Finds the nearest fitted rows of every query.

        Parameters
        ----------
        X : array-like of shape (n_queries, n_features), default None
            The queries; None for the fitted rows, of which then none finds itself.
        n_neighbors : int, default None
            k; None for that of the estimator.
        return_distance : bool, default True
            Whether distances are returned too.

        Returns
        -------
        distances : ndarray of float32, shape (n_queries, k)
            Only when ``return_distance``.
        indices : ndarray of int64, shape (n_queries, k)
            Rows, nearest first.
        """
        self._check_is_fitted()
        queries = None if X is None else Matrix.of(self._rows_like_fitted(X))
        count = self.n_neighbors if n_neighbors is None else n_neighbors
        available = self.n_samples_fit_ - (queries is None)
        if not isinstance(count, (int, np.integer)):
            raise TypeError(f"n_neighbors is {count!r}; it does not take {type(count)} value, enter an integer")
        if not 1 <= count <= available:
            raise ValueError(f"n_neighbors is {count}; expected n_neighbors <= n_samples and 1 or more: allowed is 1 to {available:,}, the rows that may be found.")
        query_count = self.n_samples_fit_ if queries is None else queries.row_count
        indices = np.empty((query_count, int(count)), dtype=np.int64)
        distances = np.empty((query_count, int(count)), dtype=np.float32)
        call("NeighborEntries.Search", self._prepared(), queries, int(count), indices, distances, n_jobs=self.n_jobs)
        return (distances, indices) if return_distance else indices

    def radius_neighbors(
        self, X: Any = None, radius: Optional[float] = None, return_distance: bool = True
    ) -> Union[np.ndarray, Tuple[np.ndarray, np.ndarray]]:
        """Finds all fitted rows within a distance of every query.

        Parameters
        ----------
        X : array-like of shape (n_queries, n_features), default None
            The queries; None for the fitted rows, of which then none finds itself.
        radius : float, default None
            The largest distance, in the unit of the metric and rounded to float32; a row at exactly this distance is found. None for that of the estimator.
        return_distance : bool, default True
            Whether distances are returned too.

        Returns
        -------
        distances : ndarray of object, shape (n_queries,)
            Of every query an array of float32, which may be empty. Only when ``return_distance``.
        indices : ndarray of object, shape (n_queries,)
            Of every query the rows as int64, nearest first.
        """
        self._check_is_fitted()
        queries = None if X is None else Matrix.of(self._rows_like_fitted(X))
        counts = np.empty(self.n_samples_fit_ if queries is None else queries.row_count, dtype=np.int64)
        found = c_int64()
        call("NeighborEntries.SearchWithin", self._prepared(), queries, float(self.radius if radius is None else radius), counts, found, n_jobs=self.n_jobs)
        table = Handle(found.value)
        indices, distances = np.empty(counts.sum(), dtype=np.int64), np.empty(counts.sum(), dtype=np.float32)
        call("NeighborEntries.ReadWithin", table, indices, distances)
        table.close()
        return (_split(distances, counts), _split(indices, counts)) if return_distance else _split(indices, counts)

    def close(self) -> None:
        """Lets go of the preparation, which is half as large as the rows or less; a later search makes it again."""
        search = getattr(self, "_search", None)
        self._search: Optional[Handle] = None
        if search is not None:
            search.close()

    def _prepared(self) -> Handle:
        if self._search is None:
            self._search = self._build()
        return self._search

    def _build(self) -> Handle:
        handle = c_int64()
        call("NeighborEntries.Build", Matrix.of(self._fit_X), as_choice("metric", self.metric, METRICS), handle, n_jobs=self.n_jobs)
        return Handle(handle.value, self._fit_X)

    def __getstate__(self) -> Dict[str, Any]:
        # A copy, or another process, prepares its own search when it needs one.
        return {**vars(self), "_search": None} if "_search" in vars(self) else dict(vars(self))


def _split(values: np.ndarray, counts: np.ndarray) -> np.ndarray:
    lists = np.empty(len(counts), dtype=object)
    end = 0
    for query, count in enumerate(counts):
        lists[query] = values[end : end + count]
        end += count
    return lists


class ClosestRows(NamedTuple):
    """For every row and group the closest real row."""

    distances: np.ndarray
    """L1 distances, float32, (n_synthetic, n_groups)."""

    indices: np.ndarray
    """Rows of the real table, int64, (n_synthetic, n_groups); of equally close ones the first."""

    groups: Tuple[str, ...]
    """The names of the columns."""


def nearest_real_sample(synthetic: Any, real: Any, groups: Any = None, *, n_jobs: Optional[int] = None) -> ClosestRows:
    """Finds the closest real row of each group for every synthetic row, in L1: too close means copied.

    Parameters
    ----------
    synthetic : array-like of shape (n_synthetic, n_features)
        Made rows, finite.
    real : array-like of shape (n_real, n_features)
        The rows that they were made from, finite.
    groups : array-like of shape (n_real,), or mapping, default None
        The group of each real row, or masks by name; None for one group of all. A group without rows is left out.
    n_jobs : int, default None
        The largest number of threads.
    """
    made, rows = as_matrix(synthetic, "synthetic"), as_matrix(real, "real")
    names, masks = as_masks({"all": np.ones(len(rows), dtype=bool)} if groups is None else groups, len(rows))
    used = masks.any(axis=1)
    if not used.any():
        raise ValueError("no group has a row; there is nothing to be close to.")
    names, masks = [name for name, is_used in zip(names, used) if is_used], np.ascontiguousarray(masks[used])
    indices = np.empty((len(made), len(names)), dtype=np.int64)
    distances = np.empty((len(made), len(names)), dtype=np.float32)
    call("NeighborEntries.ClosestReal", Matrix.of(made), Matrix.of(rows), masks, len(names), indices, distances, n_jobs=n_jobs)
    return ClosestRows(distances, indices, tuple(names))
