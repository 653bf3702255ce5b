"""Calls of the engine: structures, errors, handles, and Ctrl-C.

The structures and the numbers of statuses are those of ``Engine/Interop``.
"""

from __future__ import annotations

import ctypes
import os
import threading
import weakref
from concurrent.futures import Future, ThreadPoolExecutor, wait
from ctypes import POINTER, c_double, c_float, c_int, c_int32, c_int64, c_uint64, c_void_p
from typing import Any, Callable, Dict, List, Optional, Tuple

import numpy as np

from ._host import Host
from .exceptions import EngineError

_MESSAGE_CAPACITY = 4096
# Where a wait does not end by itself at a signal, it looks for one so often.
_SECONDS_BETWEEN_LOOKS = 0.2
_CANCELLED = 2


class _Cancelled(Exception):
    """A call was cancelled; whoever asked for that has something else to raise."""


_ERRORS = {1: ValueError, _CANCELLED: _Cancelled, 3: RuntimeError, 4: MemoryError, 5: ValueError, 6: KeyError}


class Call(ctypes.Structure):
    """What every call brings with it."""

    _fields_ = [("cancellation", c_int64), ("message", c_void_p), ("message_capacity", c_int32), ("thread_count", c_int32)]


class Matrix(ctypes.Structure):
    """A table of float32 where it lies."""

    _fields_ = [("values", c_void_p), ("row_count", c_int64), ("row_stride", c_int64), ("column_count", c_int32)]

    @classmethod
    def of(cls, array: np.ndarray) -> "Matrix":
        """Describes an array that ``as_matrix`` has checked."""
        rows, columns = array.shape
        matrix = cls(array.ctypes.data, rows, array.strides[0] // 4 if rows > 1 else columns, columns)
        matrix.array = array
        return matrix


class Samples(ctypes.Structure):
    """Rows, their classes, and which are in a group."""

    _fields_ = [("rows", POINTER(Matrix)), ("labels", c_void_p), ("group", c_void_p)]

    @classmethod
    def of(cls, array: np.ndarray, labels: np.ndarray, group: np.ndarray) -> "Samples":
        """Describes checked arrays: of labels and of the group one byte a row."""
        samples = cls(ctypes.pointer(Matrix.of(array)), labels.ctypes.data, group.ctypes.data)
        samples.arrays = (array, labels, group)
        return samples


class Sampler(ctypes.Structure):
    """A resampling method and its options."""

    _fields_ = [
        ("seed", c_uint64),
        ("target_ratio", c_double),
        ("shape", c_double),
        ("scale", c_double),
        ("kind", c_int32),
        ("neighbor_count", c_int32),
        ("rows_to_make", c_int32),
        ("other_neighbor_count", c_int32),
        ("version", c_int32),
        ("rule", c_int32),
        ("classes", c_int32),
    ]


class Logistic(ctypes.Structure):
    """What to fit."""

    _fields_ = [("ridge_penalty", c_double), ("tolerance", c_double), ("max_iterations", c_int32), ("has_intercept", c_int32), ("is_firth", c_int32)]


class Network(ctypes.Structure):
    """A network, and how it is trained."""

    _fields_ = [
        ("seed", c_uint64),
        ("learning_rate", c_double),
        ("dropout", c_double),
        ("input_dropout", c_double),
        ("initial_deviation", c_double),
        ("units", c_void_p),
        ("layer_count", c_int32),
        ("both_ways_count", c_int32),
        ("hour_count", c_int32),
        ("has_hard_gates", c_int32),
        ("epochs", c_int32),
        ("batch_size", c_int32),
        ("patience", c_int32),
        ("epoch_choice", c_int32),
    ]


class Fit(ctypes.Structure):
    """How a fit ended."""

    _fields_ = [("log_likelihood", c_double), ("null_deviance", c_double), ("total_weight", c_double), ("status", c_int32), ("iterations", c_int32)]


_P = c_void_p
_SIGNATURES: Dict[str, Tuple[Any, ...]] = {
    "HandleEntries.OpenCancellation": (_P,),
    "HandleEntries.Cancel": (c_int64,),
    "HandleEntries.Close": (c_int64,),
    "HandleEntries.Count": (_P,),
    "NeighborEntries.Build": (_P, c_int, _P),
    "NeighborEntries.Search": (c_int64, _P, c_int, _P, _P),
    "NeighborEntries.SearchWithin": (c_int64, _P, c_float, _P, _P),
    "NeighborEntries.ReadWithin": (c_int64, _P, _P),
    "NeighborEntries.ClosestReal": (_P, _P, _P, c_int, _P, _P),
    "SamplerEntries.Plan": (_P, _P, _P, _P, _P, _P),
    "SamplerEntries.Read": (c_int64, _P, _P, _P, _P),
    "LogisticEntries.Fit": (_P, _P, _P, _P, _P, _P, _P, _P),
    "LogisticEntries.Predict": (_P, _P, c_int, c_int, _P),
    "LogisticEntries.RobustErrors": (_P, _P, _P, _P, _P, _P, _P, _P, _P, c_int, c_int, _P, _P),
    "LogisticEntries.FirthProfiles": (_P, _P, _P, _P, _P, _P, _P, c_double, _P),
    "NetworkEntries.Fit": (_P, _P, _P, _P, _P, _P, _P, c_int, _P, _P, _P),
    "NetworkEntries.Predict": (_P, _P, _P, c_int, _P),
    "MetricEntries.Subgroups": (_P, _P, c_int64, _P, c_int, c_double, c_int, _P, _P),
    "PrognosisEntries.SearchUnits": (_P, _P, _P, c_int, c_double, c_double, _P, _P, _P, _P, _P, _P, _P),
}

_lock = threading.Lock()
_host: Optional[Host] = None
_process = 0
_functions: Dict[str, Callable[..., int]] = {}
# Waits in place of the main thread, which only runs signal handlers while Python runs.
_workers = ThreadPoolExecutor(thread_name_prefix="engine")


def _function(name: str) -> Callable[..., int]:
    global _host, _process
    function = _functions.get(name)
    if function is None or _process != os.getpid():
        with _lock:
            if _host is None:
                _host, _process = Host(), os.getpid()
            if _process != os.getpid():
                raise EngineError("the engine was started before this process was forked, and .NET does not live on in a fork; start workers by multiprocessing's \"spawn\", or by joblib's \"loky\".")
            function = _functions[name] = _host.function(*name.split("."), _P, *_SIGNATURES[name])
    return function


class Handle:
    """An object of the engine, with the arrays that it reads; closed when nobody holds it any more."""

    def __init__(self, value: int, *kept: Any) -> None:
        self.value = value
        self.kept: Optional[Tuple[Any, ...]] = kept
        # Holds the arrays too: they go after the object that reads them.
        self._end = weakref.finalize(self, _close, value, kept)
        self._end.atexit = False

    def close(self) -> None:
        """Closes it; a call that uses it meanwhile comes to its end."""
        self._end()
        self.kept = None


def _close(value: int, kept: Tuple[Any, ...]) -> None:
    # In a fork there is no engine any more to tell.
    if _process == os.getpid():
        _call_here("HandleEntries.Close", value)


def _argument(value: Any, kept: List[Any]) -> Any:
    if isinstance(value, np.ndarray):
        kept.append(value)
        return value.ctypes.data
    if isinstance(value, Handle):
        kept.append(value.kept)
        return value.value
    if isinstance(value, (ctypes.Structure, ctypes._SimpleCData)):
        kept.append(value)
        return ctypes.byref(value)
    return value


def _call_here(name: str, *arguments: Any, thread_count: int = -1, cancellation: int = 0) -> None:
    kept: List[Any] = []
    text = ctypes.create_string_buffer(_MESSAGE_CAPACITY)
    call = Call(cancellation, ctypes.addressof(text), _MESSAGE_CAPACITY, thread_count)
    status = _function(name)(ctypes.byref(call), *[_argument(argument, kept) for argument in arguments])
    if status != 0:
        raise _ERRORS.get(status, EngineError)(text.value.decode("utf-8", "replace"))


def call(name: str, *arguments: Any, n_jobs: Optional[int] = None) -> None:
    """Calls an entry point, and raises what it complains of.

    Arrays and structures are passed by address and kept until the call is over. Called on the main thread, it can be
    interrupted: by Ctrl-C, or by whatever else a signal handler raises.
    """
    thread_count = -1 if n_jobs is None else int(n_jobs)
    if threading.current_thread() is not threading.main_thread():
        _call_here(name, *arguments, thread_count=thread_count)
        return
    handle = c_int64()
    _call_here("HandleEntries.OpenCancellation", handle)
    future: Optional["Future[None]"] = None
    try:
        future = _workers.submit(_call_here, name, *arguments, thread_count=thread_count, cancellation=handle.value)
        while not wait([future], _SECONDS_BETWEEN_LOOKS).done:
            pass
        future.result()
    except BaseException:
        # Nothing goes on behind the caller's back, who may change the arrays now.
        if future is not None and not future.done():
            _call_here("HandleEntries.Cancel", handle.value)
            _wait(future)
        raise
    finally:
        _call_here("HandleEntries.Close", handle.value)


def _wait(future: "Future[None]") -> None:
    while not future.done():
        try:
            future.exception()
        except KeyboardInterrupt:
            # Impatience is understood; the first one is about to be raised.
            pass


def open_handle_count() -> int:
    """Counts the objects that the engine holds for this process."""
    count = c_int()
    _call_here("HandleEntries.Count", count)
    return count.value
