"""Resampling: which rows a model is trained on, how often, and which are made.

Names, parameters and results are those of imbalanced-learn, as far as they go. Draws are the engine's: a seed gives the same
rows on every machine, and other ones than imbalanced-learn's.
"""

from __future__ import annotations

from collections import OrderedDict
from ctypes import c_int64
from typing import Any, Dict, List, NamedTuple, Optional, Tuple, Union

import numpy as np

from ._arrays import as_classes, check_finite, check_length
from ._base import Estimator, as_choice, as_seed
from ._native import Handle, Matrix, Sampler, call

_MAJORITY, _MINORITY = 0, 1
_RULES = {"all": 0, "mode": 1}

Strategy = Union[str, float, Dict[Any, int]]


class _Rows(NamedTuple):
    """What one call of the engine plans of a table of two classes."""

    used: np.ndarray
    made: np.ndarray


class _ColumnsKept(Estimator):
    """An estimator whose result has the columns of its rows."""

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Returns the names of the columns: those of the data frame that was fitted, else x0, x1 and on."""
        self._check_is_fitted()
        fitted = getattr(self, "feature_names_in_", None)
        if input_features is not None:
            names = np.asarray(input_features, dtype=object)
            if len(names) != self.n_features_in_:
                raise ValueError(f"input_features should have length equal to number of features ({self.n_features_in_}), got {len(names)}")
            if fitted is not None and list(names) != list(fitted):
                raise ValueError("input_features is not equal to feature_names_in_")
            return names
        return fitted if fitted is not None else np.array([f"x{i}" for i in range(self.n_features_in_)], dtype=object)


class _Resampler(_ColumnsKept):
    """A resampling method: each class that the strategy names is resampled against all others, or against the rarest."""

    _sampling_type = ""
    # Which classes "auto" means.
    _auto = "not majority"

    sampling_strategy: Strategy
    n_jobs: Optional[int]

    def fit(self, X: Any, y: Any) -> "_Resampler":
        """Checks rows and classes, and finds what the strategy asks for, without resampling."""
        rows = self._rows_to_fit(X)
        check_finite(rows)
        classes, codes = self._classes(y, rows)
        self.sampling_strategy_ = self._resolve(classes, np.bincount(codes))
        return self

    def fit_resample(self, X: Any, y: Any) -> Tuple[Any, Any]:
        """Resamples.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Finite; float32 in C order is read in place.
        y : array-like of shape (n_samples,)
            Two classes or more.

        Returns
        -------
        X_resampled : ndarray of float32, shape (n_resampled, n_features), or a data frame when X is one
            Kept rows first, in order; then repeated or made ones.
        y_resampled : ndarray of shape (n_resampled,), or a series when y is one
        """
        rows = self._rows_to_fit(X)
        classes, codes = self._classes(y, rows)
        self.sampling_strategy_ = self._resolve(classes, np.bincount(codes))
        indices, made = self._resample(rows, codes, classes)
        resampled = np.empty((len(indices) + sum(map(len, made.values())), rows.shape[1]), dtype=np.float32)
        np.take(rows, indices, axis=0, out=resampled[: len(indices)], mode="clip")
        place = len(indices)
        for values in made.values():
            resampled[place : place + len(values)] = values
            place += len(values)
        labels = classes[np.concatenate([codes[indices], *(np.full(len(values), code) for code, values in made.items())])]
        return _like(X, resampled), _like(y, labels)

    def _classes(self, y: Any, rows: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        classes, codes = as_classes(y)
        check_length("y", codes, rows)
        if len(classes) < 2:
            raise ValueError(f"The target 'y' needs to have more than 1 class. Got {len(classes)} class instead")
        return classes, codes

    def _resample(self, rows: np.ndarray, codes: np.ndarray, classes: np.ndarray) -> Tuple[np.ndarray, Dict[int, np.ndarray]]:
        raise NotImplementedError

    def _resolve(self, classes: np.ndarray, counts: np.ndarray) -> "OrderedDict[Any, int]":
        """Returns for each class to resample the number that the strategy asks for."""
        strategy = self.sampling_strategy
        if callable(strategy):
            raise TypeError("sampling_strategy is a function; call it, and pass the counts that it gives.")
        if isinstance(strategy, dict):
            unknown = set(strategy) - set(classes.tolist())
            if unknown:
                raise ValueError(f"The {sorted(map(str, unknown))} target class is/are not present in the data.")
            wanted = {code: strategy[name] for code, name in enumerate(classes.tolist()) if name in strategy}
        elif isinstance(strategy, str):
            wanted = dict.fromkeys(self._named(strategy, counts))
        elif isinstance(strategy, (int, float, np.number)) and not isinstance(strategy, bool):
            if len(classes) != 2:
                raise ValueError("sampling_strategy is a number, which only two classes have a ratio for; pass a dict of counts for more.")
            if not 0 < strategy <= 1:
                raise ValueError(f"When 'sampling_strategy' is a float, it should be in the range (0, 1]. Got {strategy} instead.")
            wanted = {code: self._count_of_ratio(float(strategy), counts) for code in self._named("auto", counts)}
        else:
            raise ValueError(f"sampling_strategy is {strategy!r}; pass a name, a ratio, or a dict of counts.")
        return OrderedDict((classes[code].item() if hasattr(classes[code], "item") else classes[code], self._number(classes[code], code, count, counts)) for code, count in wanted.items())

    def _named(self, strategy: str, counts: np.ndarray) -> List[int]:
        minority, majority, every = int(np.argmin(counts)), int(np.argmax(counts)), list(range(len(counts)))
        # Of two equally large classes none is the majority, and there is nothing to do.
        choices = {
            "minority": [minority],
            "majority": [majority],
            "not minority": [code for code in every if code != minority],
            "not majority": [code for code in every if code != majority],
            "all": every,
        }
        name = self._auto if strategy == "auto" else strategy
        if name not in choices:
            raise ValueError(f"When 'sampling_strategy' is a string, it needs to be one of {sorted([*choices, 'auto'])}. Got '{strategy}' instead.")
        return choices[name]

    def _count_of_ratio(self, ratio: float, counts: np.ndarray) -> int:
        raise ValueError(f"'clean-sampling' methods do let the user specify the sampling ratio: sampling_strategy is {ratio}; name classes instead.")

    def _number(self, label: Any, code: int, count: Optional[int], counts: np.ndarray) -> int:
        """Returns what ``sampling_strategy_`` tells of a class: rows to add, to keep, or to clean."""
        raise NotImplementedError

    def _wanted(self, classes: np.ndarray) -> List[Tuple[int, int]]:
        codes = {name: code for code, name in enumerate(classes.tolist())}
        return [(codes[name], count) for name, count in self.sampling_strategy_.items()]

    def _plan(self, rows: np.ndarray, labels: np.ndarray, sampler: Sampler) -> _Rows:
        """Has the engine plan a table of two classes, and make the rows of the plan."""
        matrix = Matrix.of(rows)
        handle, used_count, made_count = c_int64(), c_int64(), c_int64()
        call("SamplerEntries.Plan", sampler, matrix, labels, handle, used_count, made_count, n_jobs=self.n_jobs)
        plan = Handle(handle.value)
        used = np.empty(used_count.value, dtype=np.int64)
        made = np.empty((made_count.value, rows.shape[1]), dtype=np.float32)
        call("SamplerEntries.Read", plan, matrix, used, made, np.empty(len(made), dtype=np.uint8), n_jobs=self.n_jobs)
        plan.close()
        return _Rows(used, made)


class _OverSampler(_Resampler):
    _sampling_type = "over-sampling"
    _auto = "not majority"
    _kind = 0
    # Whether the engine takes a count of rows; a ratio that gives this count is told otherwise.
    _takes_count = True

    random_state: Any

    def _count_of_ratio(self, ratio: float, counts: np.ndarray) -> int:
        count = int(counts.max() * ratio)
        if counts.max() * ratio < counts.min():
            raise ValueError("The specified ratio required to remove samples from the minority class while trying to generate new samples. Please increase the ratio.")
        return count

    def _number(self, label: Any, code: int, count: Optional[int], counts: np.ndarray) -> int:
        wanted = int(counts.max()) if count is None else int(count)
        if wanted < counts[code]:
            raise ValueError(f"With over-sampling methods, the number of samples in a class should be greater or equal to the original number of samples. Originally, there is {counts[code]} samples and {wanted} samples are asked.")
        return wanted - int(counts[code])

    def _options(self) -> Dict[str, Any]:
        return {}

    def _resample(self, rows: np.ndarray, codes: np.ndarray, classes: np.ndarray) -> Tuple[np.ndarray, Dict[int, np.ndarray]]:
        seed, options = as_seed(self.random_state), self._options()
        repeated, made = [np.arange(len(rows), dtype=np.int64)], {}
        for i, (code, count) in enumerate(self._wanted(classes)):
            if count == 0:
                continue
            labels = (codes == code).astype(np.uint8)
            own = int(labels.sum())
            others = len(labels) - own
            if own > others:
                raise ValueError(f"class {classes[code]} has {own:,} rows and all others together {others:,}; rows can be made of a class that is not larger than that.")
            # Halfway to the next count: the engine rounds down.
            ratio = min(1.0, (own + count + 0.5) / others)
            plan = self._plan(rows, labels, Sampler(seed=(seed + i) % 2**64, kind=self._kind, target_ratio=ratio, rows_to_make=count if self._takes_count else -1, **options))
            repeated.append(plan.used[len(rows) :])
            if len(plan.made):
                made[code] = plan.made
        return np.concatenate(repeated), made


class SMOTE(_OverSampler):
    """Makes rows on the lines between a row of a class and its nearest rows of the class.

    Parameters
    ----------
    sampling_strategy : str, float or dict, default "auto"
        The classes to enlarge until they have as many rows as the largest; the ratio of two classes; or rows by class.
    random_state : int, RandomState, Generator or None, default 0
        The seed. None draws one, and every call then gives other rows.
    k_neighbors : int, default 5
    n_jobs : int, default None
        The largest number of threads; nothing depends on it.

    Attributes
    ----------
    sampling_strategy_ : OrderedDict
        The rows to make by class.

    Examples
    --------
    >>> import numpy as np
    >>> from engine import SMOTE
    >>> X = np.arange(24, dtype=np.float32).reshape(12, 2)
    >>> y = np.array([0] * 8 + [1] * 4)
    >>> X_resampled, y_resampled = SMOTE(k_neighbors=2).fit_resample(X, y)
    >>> np.bincount(y_resampled).tolist()
    [8, 8]
    """

    def __init__(self, *, sampling_strategy: Strategy = "auto", random_state: Any = 0, k_neighbors: int = 5, n_jobs: Optional[int] = None) -> None:
        self.sampling_strategy = sampling_strategy
        self.random_state = random_state
        self.k_neighbors = k_neighbors
        self.n_jobs = n_jobs

    def _options(self) -> Dict[str, Any]:
        return {"neighbor_count": self.k_neighbors}


class BorderlineSMOTE(_OverSampler):
    """SMOTE from rows in danger only: those with at least half, but not all, of their nearest rows in other classes (kind 1).

    Parameters
    ----------
    sampling_strategy, random_state, k_neighbors, n_jobs
        As in :class:`SMOTE`.
    m_neighbors : int, default 10
        The nearest rows that tell whether one is in danger. Where none is, that is an error.
    """

    _kind = 1
    _takes_count = False

    def __init__(
        self, *, sampling_strategy: Strategy = "auto", random_state: Any = 0, k_neighbors: int = 5, n_jobs: Optional[int] = None, m_neighbors: int = 10
    ) -> None:
        self.sampling_strategy = sampling_strategy
        self.random_state = random_state
        self.k_neighbors = k_neighbors
        self.n_jobs = n_jobs
        self.m_neighbors = m_neighbors

    def _options(self) -> Dict[str, Any]:
        return {"neighbor_count": self.k_neighbors, "other_neighbor_count": self.m_neighbors}


class ADASYN(_OverSampler):
    """SMOTE that makes more rows from a row, the more of its neighbors are of other classes; counts are rounded.

    Parameters
    ----------
    sampling_strategy, random_state, n_jobs
        As in :class:`SMOTE`.
    n_neighbors : int, default 5
    """

    _kind = 2

    def __init__(self, *, sampling_strategy: Strategy = "auto", random_state: Any = 0, n_neighbors: int = 5, n_jobs: Optional[int] = None) -> None:
        self.sampling_strategy = sampling_strategy
        self.random_state = random_state
        self.n_neighbors = n_neighbors
        self.n_jobs = n_jobs

    def _options(self) -> Dict[str, Any]:
        return {"neighbor_count": self.n_neighbors}


class GammaSampler(_OverSampler):
    """SMOTE whose step towards a neighbor is drawn from a gamma distribution.

    Parameters
    ----------
    sampling_strategy, random_state, n_jobs
        As in :class:`SMOTE`.
    k_neighbors : int, default 4
        The nearest other rows of the class; the row itself is drawn as often as each of them.
    shape, scale : float, default 2 and .125
        Of the distribution of the step.
    """

    _kind = 3

    def __init__(
        self, *, sampling_strategy: Strategy = "auto", random_state: Any = 0, k_neighbors: int = 4, shape: float = 2.0, scale: float = 0.125, n_jobs: Optional[int] = None
    ) -> None:
        self.sampling_strategy = sampling_strategy
        self.random_state = random_state
        self.k_neighbors = k_neighbors
        self.shape = shape
        self.scale = scale
        self.n_jobs = n_jobs

    def _options(self) -> Dict[str, Any]:
        return {"neighbor_count": self.k_neighbors, "shape": self.shape, "scale": self.scale}


class RandomOverSampler(_OverSampler):
    """Repeats rows drawn with replacement.

    Parameters
    ----------
    sampling_strategy, random_state, n_jobs
        As in :class:`SMOTE`.

    Attributes
    ----------
    sample_indices_ : ndarray of int64
        The row of X that each resampled row is.
    """

    _kind = 4
    _takes_count = False

    def __init__(self, *, sampling_strategy: Strategy = "auto", random_state: Any = 0, n_jobs: Optional[int] = None) -> None:
        self.sampling_strategy = sampling_strategy
        self.random_state = random_state
        self.n_jobs = n_jobs

    def _resample(self, rows: np.ndarray, codes: np.ndarray, classes: np.ndarray) -> Tuple[np.ndarray, Dict[int, np.ndarray]]:
        indices, made = super()._resample(rows, codes, classes)
        self.sample_indices_ = indices
        return indices, made


class _UnderSampler(_Resampler):
    _sampling_type = "under-sampling"
    _auto = "not minority"
    _kind = 5

    def _count_of_ratio(self, ratio: float, counts: np.ndarray) -> int:
        count = int(counts.min() / ratio)
        if count > counts.max():
            raise ValueError("The specified ratio required to generate new sample in the majority class while trying to remove samples. Please increase the ratio.")
        return count

    def _number(self, label: Any, code: int, count: Optional[int], counts: np.ndarray) -> int:
        wanted = int(counts.min()) if count is None else int(count)
        if wanted > counts[code]:
            raise ValueError(f"With under-sampling methods, the number of samples in a class should be less or equal to the original number of samples. Originally, there is {counts[code]} samples and {wanted} samples are asked.")
        return wanted

    def _options(self) -> Dict[str, Any]:
        return {}

    def _resample(self, rows: np.ndarray, codes: np.ndarray, classes: np.ndarray) -> Tuple[np.ndarray, Dict[int, np.ndarray]]:
        options, counts = self._options(), np.bincount(codes)
        minority = int(np.argmin(counts))
        keep = np.ones(len(rows), dtype=bool)
        for code, count in self._wanted(classes):
            if count == counts[code]:
                continue
            if code == minority or count < counts[minority]:
                raise ValueError(f"class {classes[code]} is to keep {count:,} rows where the rarest class has {counts[minority]:,}; a class is made no rarer than that.")
            pair = np.flatnonzero((codes == code) | (codes == minority))
            # All rows of a table of two classes are read where they lie.
            whole = len(pair) == len(rows)
            labels = (codes[pair] == minority).astype(np.uint8)
            # Halfway to the next count: the engine rounds down.
            ratio = min(1.0, counts[minority] / (count + 0.5)) if count > counts[minority] else 1.0
            plan = self._plan(rows if whole else np.ascontiguousarray(rows[pair]), labels, Sampler(kind=self._kind, target_ratio=ratio, rows_to_make=-1, **options))
            dropped = np.ones(len(pair), dtype=bool)
            dropped[plan.used] = False
            keep[pair[dropped]] = False
        self.sample_indices_ = np.flatnonzero(keep)
        return self.sample_indices_, {}


class RandomUnderSampler(_UnderSampler):
    """Keeps rows drawn without replacement.

    Parameters
    ----------
    sampling_strategy : str, float or dict, default "auto"
        The classes to reduce to as many rows as the rarest; the ratio of two classes; or rows by class.
    random_state : int, RandomState, Generator or None, default 0
        The seed.
    n_jobs : int, default None

    Attributes
    ----------
    sample_indices_ : ndarray of int64
        The rows of X that were kept, ascending.
    sampling_strategy_ : OrderedDict
        The rows to keep by class.
    """

    def __init__(self, *, sampling_strategy: Strategy = "auto", random_state: Any = 0, n_jobs: Optional[int] = None) -> None:
        self.sampling_strategy = sampling_strategy
        self.random_state = random_state
        self.n_jobs = n_jobs

    def _options(self) -> Dict[str, Any]:
        return {"seed": as_seed(self.random_state)}


class NearMiss(_UnderSampler):
    """Keeps the rows that lie close to the rarest class.

    Parameters
    ----------
    sampling_strategy, n_jobs
        As in :class:`RandomUnderSampler`.
    version : {1, 2, 3}, default 1
        By the mean distance to the nearest rows of the rarest class, to the farthest, or among the nearest of each of its rows.
    n_neighbors : int, default 3
        The rows of the rarest class that a mean is taken to.
    n_neighbors_ver3 : int, default 3
        For version 3 the nearest rows of each of its rows.
    """

    _kind = 6

    def __init__(
        self, *, sampling_strategy: Strategy = "auto", version: int = 1, n_neighbors: int = 3, n_neighbors_ver3: int = 3, n_jobs: Optional[int] = None
    ) -> None:
        self.sampling_strategy = sampling_strategy
        self.version = version
        self.n_neighbors = n_neighbors
        self.n_neighbors_ver3 = n_neighbors_ver3
        self.n_jobs = n_jobs

    def _options(self) -> Dict[str, Any]:
        return {"neighbor_count": self.n_neighbors, "other_neighbor_count": self.n_neighbors_ver3, "version": self.version}


class DistantUnderSampler(_UnderSampler):
    """Keeps the rows that lie farthest from the rarest class.

    Parameters
    ----------
    sampling_strategy, n_jobs
        As in :class:`RandomUnderSampler`.
    n_neighbors : int, default 3
        The rows of the rarest class that a mean distance is taken to.
    """

    _kind = 7

    def __init__(self, *, sampling_strategy: Strategy = "auto", n_neighbors: int = 3, n_jobs: Optional[int] = None) -> None:
        self.sampling_strategy = sampling_strategy
        self.n_neighbors = n_neighbors
        self.n_jobs = n_jobs

    def _options(self) -> Dict[str, Any]:
        return {"neighbor_count": self.n_neighbors}


class _CleaningSampler(_Resampler):
    _sampling_type = "clean-sampling"
    _auto = "not minority"
    _kind = 8

    def _number(self, label: Any, code: int, count: Optional[int], counts: np.ndarray) -> int:
        if count is not None:
            raise ValueError("'sampling_strategy' as a dict for cleaning methods is not supported. Please give a list of the classes to be targeted by the sampling: here, by a name such as 'all'.")
        return int(counts.min())

    def _options(self) -> Dict[str, Any]:
        return {}

    def _resample(self, rows: np.ndarray, codes: np.ndarray, classes: np.ndarray) -> Tuple[np.ndarray, Dict[int, np.ndarray]]:
        options = self._options()
        keep = np.ones(len(rows), dtype=bool)
        for code, _ in self._wanted(classes):
            labels = (codes == code).astype(np.uint8)
            # Of equally large classes the engine calls class 1, this one, the minority.
            cleaned = _MINORITY if 2 * int(labels.sum()) <= len(labels) else _MAJORITY
            plan = self._plan(rows, labels, Sampler(kind=self._kind, rows_to_make=-1, classes=cleaned, **options))
            kept = np.zeros(len(rows), dtype=bool)
            kept[plan.used] = True
            keep &= kept
        self.sample_indices_ = np.flatnonzero(keep)
        return self.sample_indices_, {}


class EditedNearestNeighbours(_CleaningSampler):
    """Drops rows whose nearest rows are of other classes.

    Parameters
    ----------
    sampling_strategy : str, default "auto"
        The classes to clean: all but the rarest, unless told.
    n_neighbors : int, default 3
        The nearest other rows of each.
    kind_sel : {"all", "mode"}, default "all"
        Whether a row stays only when all of them are of its class, or when most are; the latter is for two classes.
    n_jobs : int, default None

    Attributes
    ----------
    sample_indices_ : ndarray of int64
        The rows of X that were kept, ascending.
    """

    def __init__(self, *, sampling_strategy: Strategy = "auto", n_neighbors: int = 3, kind_sel: str = "all", n_jobs: Optional[int] = None) -> None:
        self.sampling_strategy = sampling_strategy
        self.n_neighbors = n_neighbors
        self.kind_sel = kind_sel
        self.n_jobs = n_jobs

    def _resample(self, rows: np.ndarray, codes: np.ndarray, classes: np.ndarray) -> Tuple[np.ndarray, Dict[int, np.ndarray]]:
        if self.kind_sel == "mode" and len(classes) > 2:
            raise ValueError(f"kind_sel='mode' is for two classes, and y has {len(classes)}; use kind_sel='all'.")
        return super()._resample(rows, codes, classes)

    def _options(self) -> Dict[str, Any]:
        return {"neighbor_count": self.n_neighbors, "rule": as_choice("kind_sel", self.kind_sel, _RULES)}


class TomekLinks(_CleaningSampler):
    """Drops rows that form a Tomek link: two rows of different classes, each the nearest of the other.

    Parameters
    ----------
    sampling_strategy : str, default "auto"
        The classes of which the row of a link is dropped: all but the rarest, unless told.
    n_jobs : int, default None

    Attributes
    ----------
    sample_indices_ : ndarray of int64
        The rows of X that were kept, ascending.
    """

    _kind = 9

    def __init__(self, *, sampling_strategy: Strategy = "auto", n_jobs: Optional[int] = None) -> None:
        self.sampling_strategy = sampling_strategy
        self.n_jobs = n_jobs


class _CleanedSmote(_ColumnsKept):
    """SMOTE, and then a method that cleans its result."""

    _sampling_type = "bypass"

    sampling_strategy: Strategy
    random_state: Any
    smote: Optional[SMOTE]
    n_jobs: Optional[int]

    def fit(self, X: Any, y: Any) -> "_CleanedSmote":
        """Checks rows and classes, and finds what the strategy asks for, without resampling."""
        return self._take(self._smote().fit(X, y))

    def fit_resample(self, X: Any, y: Any) -> Tuple[Any, Any]:
        """Resamples, as :meth:`SMOTE.fit_resample` does, and cleans the result."""
        smote = self._smote()
        enlarged = smote.fit_resample(X, y)
        self._take(smote)
        return self._cleaner().fit_resample(*enlarged)

    def _cleaner(self) -> _CleaningSampler:
        raise NotImplementedError

    def _smote(self) -> SMOTE:
        if self.smote is not None:
            return SMOTE(**self.smote.get_params(deep=False))
        return SMOTE(sampling_strategy=self.sampling_strategy, random_state=self.random_state, n_jobs=self.n_jobs)

    def _take(self, smote: SMOTE) -> "_CleanedSmote":
        self.sampling_strategy_ = smote.sampling_strategy_
        self.n_features_in_ = smote.n_features_in_
        if hasattr(smote, "feature_names_in_"):
            self.feature_names_in_ = smote.feature_names_in_
        return self


class SMOTEENN(_CleanedSmote):
    """SMOTE, and then edited nearest neighbours of all classes.

    Parameters
    ----------
    sampling_strategy, random_state, n_jobs
        As in :class:`SMOTE`.
    smote : SMOTE, default None
        Used in place of the three.
    enn : EditedNearestNeighbours, default None
        One of all classes when None.
    """

    def __init__(
        self,
        *,
        sampling_strategy: Strategy = "auto",
        random_state: Any = 0,
        smote: Optional[SMOTE] = None,
        enn: Optional[EditedNearestNeighbours] = None,
        n_jobs: Optional[int] = None,
    ) -> None:
        self.sampling_strategy = sampling_strategy
        self.random_state = random_state
        self.smote = smote
        self.enn = enn
        self.n_jobs = n_jobs

    def _cleaner(self) -> _CleaningSampler:
        return EditedNearestNeighbours(**self.enn.get_params(deep=False)) if self.enn is not None else EditedNearestNeighbours(sampling_strategy="all", n_jobs=self.n_jobs)


class SMOTETomek(_CleanedSmote):
    """SMOTE, and then the removal of Tomek links of all classes.

    Parameters
    ----------
    sampling_strategy, random_state, n_jobs
        As in :class:`SMOTE`.
    smote : SMOTE, default None
        Used in place of the three.
    tomek : TomekLinks, default None
        One of all classes when None.
    """

    def __init__(
        self,
        *,
        sampling_strategy: Strategy = "auto",
        random_state: Any = 0,
        smote: Optional[SMOTE] = None,
        tomek: Optional[TomekLinks] = None,
        n_jobs: Optional[int] = None,
    ) -> None:
        self.sampling_strategy = sampling_strategy
        self.random_state = random_state
        self.smote = smote
        self.tomek = tomek
        self.n_jobs = n_jobs

    def _cleaner(self) -> _CleaningSampler:
        return TomekLinks(**self.tomek.get_params(deep=False)) if self.tomek is not None else TomekLinks(sampling_strategy="all", n_jobs=self.n_jobs)


def _like(given: Any, values: np.ndarray) -> Any:
    """Returns resampled values as what was given: a data frame or a series of pandas, a list, or the array."""
    if isinstance(given, list):
        return values.tolist()
    if hasattr(given, "iloc"):
        return type(given)(values, columns=given.columns) if hasattr(given, "columns") else type(given)(values, name=given.name)
    return values
