"""What callers pass, as the engine reads it: float32 rows in place, everything else converted once and with a warning."""

from __future__ import annotations

import sys
import warnings
from typing import Any, Dict, List, Mapping, Optional, Tuple

import numpy as np

from .exceptions import DataConversionWarning


def column_names(X: Any) -> Optional[np.ndarray]:
    """Returns the names of the columns of a data frame, when all are text; None for anything else."""
    names = getattr(X, "columns", None)
    if names is None or not hasattr(X, "dtypes"):
        return None
    names = np.asarray(names, dtype=object)
    return names if len(names) and all(isinstance(name, str) for name in names) else None


def is_read_in_place(array: np.ndarray) -> bool:
    """Whether rows are read where they lie: native float32, values of a row side by side, rows at a rising and whole distance."""
    rows, columns = array.shape
    if array.dtype != np.float32 or not array.dtype.isnative or not array.flags.aligned:
        return False
    if columns > 1 and array.strides[1] != 4:
        return False
    return rows <= 1 or (array.strides[0] >= 4 * columns and array.strides[0] % 4 == 0)


def as_matrix(X: Any, name: str = "X") -> np.ndarray:
    """Returns rows as the engine reads them.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        Read in place when it is float32 with the values of a row side by side, whatever the distance of rows; else copied.
    name : str
        What to call it in an error.
    """
    if hasattr(X, "toarray") and hasattr(X, "nnz"):
        raise TypeError(f"{name} is sparse, and the engine reads dense rows; pass {name}.toarray().")
    array = np.asarray(X)
    if array.dtype.kind == "c":
        raise ValueError(f"Complex data not supported: {name} has values of {array.dtype}.")
    if array.ndim != 2:
        raise ValueError(
            f"{name} has {array.ndim} dimensions where rows and columns are expected. Reshape your data: "
            f"{name}.reshape(-1, 1) if it is one column, {name}.reshape(1, -1) if it is one row."
        )
    rows, columns = array.shape
    if rows == 0:
        raise ValueError(f"{name} has 0 sample(s) (shape={array.shape}) while a minimum of 1 is required.")
    if columns == 0:
        raise ValueError(f"{name} has 0 feature(s) (shape={array.shape}) while a minimum of 1 is required.")
    if is_read_in_place(array):
        return array
    warn_of_copy(name, array)
    with np.errstate(over="ignore"):
        converted = np.ascontiguousarray(array, dtype=np.float32)
    if array.dtype.kind == "f":
        lost = np.isinf(converted) & np.isfinite(array)
        if lost.any():
            row, column = np.argwhere(lost)[0]
            raise ValueError(f"{name} holds {array[row, column]} at row {row:,}, column {column:,}, which float32 cannot; scale the column, values up to 3.4e38 can be read.")
    return converted


def warn_of_copy(name: str, array: np.ndarray) -> None:
    """Warns that an array is not read where it lies."""
    warnings.warn(f"{name} of {array.dtype} is copied into float32 rows; pass a C-ordered float32 array to have it read in place.", DataConversionWarning, stacklevel=_caller())


def check_finite(rows: np.ndarray, name: str = "X") -> None:
    """Raises when a value is NaN or infinite, where the engine is not asked; needs no copy of the rows."""
    with np.errstate(invalid="ignore"):
        # Finite float32 values have a finite sum in double.
        wrong = np.flatnonzero(~np.isfinite(rows.sum(axis=1, dtype=np.float64)))
    if len(wrong):
        row = wrong[0]
        column = np.flatnonzero(~np.isfinite(rows[row]))[0]
        value = str(rows[row, column]).replace("nan", "NaN")
        raise ValueError(f"{name} holds {value} at row {row:,}, column {column:,}; impute or drop missing values first, every value must be finite.")


def _caller() -> int:
    """How far up the first caller outside this package is, for a warning."""
    level = 1
    frame = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] == __package__:
        frame = frame.f_back
        level += 1
    return level


def as_column(y: Any, name: str = "y") -> np.ndarray:
    """Returns one value a row; a column of a table is one, too."""
    if y is None:
        raise ValueError(f"requires {name} to be passed, but the target {name} is None.")
    array = np.asarray(y)
    if array.ndim == 2 and array.shape[1] == 1:
        warnings.warn(f"A column-vector {name} was passed when a 1d array was expected; pass {name}.ravel().", DataConversionWarning, stacklevel=_caller())
        array = array.ravel()
    if array.ndim != 1:
        raise ValueError(f"Multilabel and multioutput targets are not supported. {name} should be a 1d array, got an array of shape {array.shape} instead.")
    return array


def check_length(name: str, values: np.ndarray, rows: np.ndarray, rows_name: str = "X") -> None:
    """Raises when there is not one value a row."""
    if len(values) != len(rows):
        raise ValueError(f"{name} has {len(values):,} entries where {rows_name} has {len(rows):,} rows; pass one entry a row.")


def as_classes(y: Any, name: str = "y") -> Tuple[np.ndarray, np.ndarray]:
    """Returns the classes, sorted, and which of them each row has."""
    array = as_column(y, name)
    if array.dtype.kind == "f":
        if not np.isfinite(array).all():
            raise ValueError(f"Input {name} contains NaN or infinity; every row needs a class.")
        if (array != np.floor(array)).any():
            raise ValueError(f"Unknown label type: 'continuous', of {name}; classes are whole numbers, text or truth values.")
    classes, codes = np.unique(array, return_inverse=True)
    return classes, codes


def as_labels(y: Any, name: str = "y") -> Tuple[np.ndarray, np.ndarray]:
    """Returns the two classes and one byte a row: 1 for the second of them, the class that is scored."""
    classes, codes = as_classes(y, name)
    if len(classes) != 2:
        raise ValueError(
            f"{name} has {len(classes)} class(es), {', '.join(map(str, classes[:5]))}; two are needed."
            + (" Only binary classification is supported." if len(classes) > 2 else " Classifier can't train when only one class is present.")
        )
    return classes, codes.astype(np.uint8)


def as_outcomes(y: Any, name: str = "y") -> np.ndarray:
    """Returns one byte a row of labels that are 0 and 1, or truth values."""
    array = as_column(y, name)
    wrong = np.flatnonzero((array != 0) & (array != 1))
    if len(wrong):
        raise ValueError(f"the label of row {wrong[0]:,} of {name} is {array[wrong[0]]}; labels are 0 or 1.")
    return array.astype(np.uint8)


def as_weights(sample_weight: Any, rows: np.ndarray) -> Optional[np.ndarray]:
    """Returns one weight a row, or None; the engine checks their values."""
    if sample_weight is None:
        return None
    weights = np.ascontiguousarray(sample_weight, dtype=np.float64)
    if weights.ndim != 1:
        raise ValueError(f"Sample weights must be 1D array or scalar: sample_weight has {weights.ndim} dimensions.")
    check_length("sample_weight", weights, rows)
    return weights


def as_masks(groups: Any, row_count: int) -> Tuple[List[str], np.ndarray]:
    """Returns the names of groups and a byte a group and row.

    Parameters
    ----------
    groups : array-like of shape (n_samples,), or mapping
        The group of each row, None or NaN for none; or for each name a mask over the rows, which may overlap.
    row_count : int
        n_samples.
    """
    masks: Dict[str, np.ndarray] = {}
    if isinstance(groups, Mapping):
        masks = {str(name): np.asarray(mask, dtype=bool) for name, mask in groups.items()}
    else:
        values = np.asarray(groups, dtype=object)
        if values.ndim != 1:
            raise ValueError(f"groups has shape {values.shape}; pass the group of each row, or a mapping of names to masks.")
        check_length("groups", values, np.empty(row_count), "the table")
        codes: Dict[str, int] = {}
        of_rows = np.full(len(values), -1)
        for row, value in enumerate(values):
            # A value that is not itself is NaN.
            if value is not None and value == value:
                of_rows[row] = codes.setdefault(str(value), len(codes))
        masks = {name: of_rows == code for name, code in codes.items()}
    if not masks:
        raise ValueError("groups has no group; name at least one.")
    for name, mask in masks.items():
        if mask.shape != (row_count,):
            raise ValueError(f"the mask of group '{name}' has shape {mask.shape} where there are {row_count:,} rows; pass one truth value a row.")
    return list(masks), np.ascontiguousarray(np.stack(list(masks.values())), dtype=np.uint8)
