"""What estimators share: parameters as scikit-learn's ``clone``, pipelines and searches want them, without scikit-learn."""

from __future__ import annotations

import inspect
import secrets
from typing import Any, Dict, List, Optional, TypeVar

import numpy as np

from ._arrays import as_matrix, column_names
from .exceptions import NotFittedError

_Self = TypeVar("_Self", bound="Estimator")


class Estimator:
    """An estimator whose parameters are the arguments of ``__init__``, kept as they were passed."""

    n_features_in_: int

    @classmethod
    def _parameter_names(cls) -> List[str]:
        return sorted(name for name in inspect.signature(cls.__init__).parameters if name != "self")

    def get_params(self, deep: bool = True) -> Dict[str, Any]:
        """Returns the parameters; with ``deep``, those of estimators among them too, as ``name__parameter``."""
        parameters: Dict[str, Any] = {}
        for name in self._parameter_names():
            value = getattr(self, name)
            parameters[name] = value
            if deep and hasattr(value, "get_params") and not isinstance(value, type):
                parameters.update((f"{name}__{key}", inner) for key, inner in value.get_params().items())
        return parameters

    def set_params(self: _Self, **parameters: Any) -> _Self:
        """Sets parameters, also those of estimators among them as ``name__parameter``, and returns this estimator."""
        known = self.get_params(deep=True)
        for key, value in parameters.items():
            name, _, rest = key.partition("__")
            if name not in known:
                raise ValueError(f"Invalid parameter {name!r} for estimator {self}. Valid parameters are: {self._parameter_names()!r}.")
            if rest:
                getattr(self, name).set_params(**{rest: value})
            else:
                setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        defaults = inspect.signature(type(self).__init__).parameters
        told = [f"{name}={getattr(self, name)!r}" for name in self._parameter_names() if not _is_same(getattr(self, name), defaults[name].default)]
        return f"{type(self).__name__}({', '.join(told)})"

    def _rows_to_fit(self, X: Any) -> np.ndarray:
        rows = as_matrix(X)
        names = column_names(X)
        if names is not None:
            self.feature_names_in_ = names
        elif hasattr(self, "feature_names_in_"):
            del self.feature_names_in_
        self.n_features_in_ = rows.shape[1]
        return rows

    def _rows_like_fitted(self, X: Any) -> np.ndarray:
        self._check_is_fitted()
        rows = as_matrix(X)
        if rows.shape[1] != self.n_features_in_:
            raise ValueError(f"X has {rows.shape[1]} features, but {type(self).__name__} is expecting {self.n_features_in_} features as input")
        names, fitted = column_names(X), getattr(self, "feature_names_in_", None)
        if names is not None and fitted is not None and list(names) != list(fitted):
            raise ValueError(f"the columns of X are {', '.join(names)}, and those that were fitted {', '.join(fitted)}; the feature names should match those that were passed during fit, in the same order.")
        return rows

    def _check_is_fitted(self) -> None:
        if not hasattr(self, "n_features_in_"):
            raise NotFittedError(f"This {type(self).__name__} instance is not fitted yet. Call 'fit' with appropriate arguments before using this estimator.")


def _is_same(value: Any, default: Any) -> bool:
    return value is default or (isinstance(value, (int, float, str)) and value == default)


def as_seed(random_state: Any) -> int:
    """Returns the seed of the engine's draws: of a whole number itself, of a NumPy generator its next draw, of None one that nobody knows."""
    if random_state is None:
        return secrets.randbits(64)
    if isinstance(random_state, np.random.RandomState):
        return int(random_state.randint(2**31 - 1))
    if isinstance(random_state, np.random.Generator):
        return int(random_state.integers(2**63))
    seed = int(random_state)
    if not 0 <= seed < 2**64:
        raise ValueError(f"random_state is {seed}; allowed is 0 to 2**64 - 1.")
    return seed


def as_choice(name: str, value: Any, choices: Dict[str, int]) -> int:
    """Returns the number that the engine gives a named choice."""
    number: Optional[int] = choices.get(value) if isinstance(value, str) else None
    if number is None:
        raise ValueError(f"{name} is {value!r}; allowed is {', '.join(map(repr, choices))}.")
    return number
