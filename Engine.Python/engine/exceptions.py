"""What this package raises and warns of beside Python's own exceptions."""

from __future__ import annotations


class EngineError(RuntimeError):
    """The engine failed in a way that no argument explains, or cannot be started; the message says why."""


class NotFittedError(ValueError, AttributeError):
    """An estimator was used before ``fit``. It has the bases of scikit-learn's class of this name."""


class DataConversionWarning(UserWarning):
    """An array was copied because it is not float32 with the values of a row side by side.

    ``warnings.simplefilter("error", engine.DataConversionWarning)`` makes an error of it.
    """


class ConvergenceWarning(UserWarning):
    """A fit ended without estimates: read ``status_`` and the columns that it names."""
