"""Networks of the engine, trained on the processor: a multilayer perceptron over rows, an LSTM over hours."""

from __future__ import annotations

from ctypes import c_int
from typing import Any, List, Optional, Sequence, Tuple

import numpy as np

from ._arrays import as_column, as_labels, as_matrix, as_weights, check_length, warn_of_copy
from ._base import Estimator, as_choice, as_seed
from ._native import Matrix, Network, call

_CHOICES = {"best_of_range": 0, "lowest_validation_loss": 2, "last": 3}
_GATES = {"sigmoid": 0, "hard_sigmoid": 1}


class _NetworkClassifier(Estimator):
    """What both networks share: training, predictions, and parameters as one array."""

    _estimator_type = "classifier"

    classes_: np.ndarray
    random_state: Any
    n_jobs: Optional[int]
    max_iter: int

    def fit(self, X: Any, y: Any, sample_weight: Any = None, *, validation: Optional[Tuple[Any, Any]] = None) -> Any:
        """Trains the network.

        Parameters
        ----------
        X : array-like
            Samples, finite; float32 in C order is read in place.
        y : array-like of shape (n_samples,)
            Two classes.
        sample_weight : array-like of shape (n_samples,), default None
            0 or more, of the losses of samples.
        validation : (X, y), default None
            Samples of other patients, on which the epoch is chosen whose parameters are kept; None for the last epoch.
        """
        rows, hour_count = self._samples_to_fit(X)
        self.classes_, labels = as_labels(y)
        check_length("y", labels, rows)
        weights = as_weights(sample_weight, rows)
        network = self._network(hour_count)
        network.seed = as_seed(self.random_state)
        held = held_labels = None
        if validation is not None:
            held = self._samples_like_fitted(validation[0], hour_count)[0]
            held_labels = self._labels_like_fitted(validation[1], held)
        parameters = np.empty(self._parameter_count(), dtype=np.float32)
        losses, epoch_count, chosen = np.empty((int(self.max_iter), 2)), c_int(), c_int()
        call(
            "NetworkEntries.Fit",
            network,
            Matrix.of(rows),
            labels,
            weights,
            None if held is None else Matrix.of(held),
            held_labels,
            parameters,
            len(parameters),
            losses,
            epoch_count,
            chosen,
            n_jobs=self.n_jobs,
        )
        self._parameters = parameters
        self.n_iter_, self.best_epoch_ = epoch_count.value, chosen.value
        self.loss_curve_ = losses[: self.n_iter_, 0]
        self.validation_loss_curve_ = None if held is None else losses[: self.n_iter_, 1]
        return self

    def predict_proba(self, X: Any) -> np.ndarray:
        """Returns the probabilities of both classes, of shape (n_samples, 2)."""
        self._check_is_fitted()
        rows, hour_count = self._samples_like_fitted(X, None)
        second = np.empty(len(rows))
        call("NetworkEntries.Predict", self._network(hour_count), Matrix.of(rows), self._parameters, len(self._parameters), second, n_jobs=self.n_jobs)
        return np.column_stack((1 - second, second))

    def predict(self, X: Any) -> np.ndarray:
        """Returns the more probable class of each sample."""
        second = self.predict_proba(X)[:, 1]
        return self.classes_[(second > 0.5).astype(np.intp)]

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """Returns the share of right predictions."""
        return float(np.average(self.predict(X) == np.asarray(y), weights=sample_weight))

    def _labels_like_fitted(self, y: Any, rows: np.ndarray) -> np.ndarray:
        values = as_column(y, "the validation y")
        check_length("the validation y", values, rows, "the validation X")
        if not np.isin(values, self.classes_).all():
            raise ValueError(f"the validation y has a class that y has not; there are {', '.join(map(str, self.classes_))}.")
        return (values == self.classes_[1]).astype(np.uint8)

    def _training(self, units: Sequence[int], hour_count: int, **options: Any) -> Network:
        counts = np.ascontiguousarray(units, dtype=np.int32).reshape(-1)
        network = Network(
            units=counts.ctypes.data,
            layer_count=len(counts),
            hour_count=hour_count,
            dropout=self.dropout,
            learning_rate=self.learning_rate_init,
            epochs=int(self.max_iter),
            batch_size=int(self.batch_size),
            patience=int(self.n_iter_no_change or 0),
            epoch_choice=as_choice("epoch_choice", self.epoch_choice, _CHOICES),
            **options,
        )
        network.counts = counts
        return network

    def _samples_to_fit(self, X: Any) -> Tuple[np.ndarray, int]:
        raise NotImplementedError

    def _samples_like_fitted(self, X: Any, hour_count: Optional[int]) -> Tuple[np.ndarray, int]:
        raise NotImplementedError

    def _network(self, hour_count: int) -> Network:
        raise NotImplementedError

    def _parameter_count(self) -> int:
        raise NotImplementedError

    def _more_tags(self) -> dict:
        # What scikit-learn's checks ask about.
        return {"binary_only": True, "requires_y": True}


class MLPClassifier(_NetworkClassifier):
    """A multilayer perceptron of two classes: ReLU layers with dropout, trained by Adam; the same bits for any number of threads.

    Columns are to be scaled before, as for scikit-learn's class of this name.

    Parameters
    ----------
    hidden_layer_sizes : sequence of int, default (20, 20)
        The units of the hidden layers; () for none, which is a logistic regression.
    dropout : float, default .1
        The share of units that training drops after every hidden layer, from 0 to below 1.
    initial_deviation : float, default .05
        The standard deviation of the weights at the start.
    learning_rate_init : float, default .001
        The step of Adam.
    batch_size : int, default 20
        The samples of a batch.
    max_iter : int, default 25
        The number of epochs.
    n_iter_no_change : int, default None
        The epochs without a lower validation loss after which training ends; None for never.
    epoch_choice : {"best_of_range", "lowest_validation_loss", "last"}, default "best_of_range"
        Which epoch's parameters are kept where there are validation samples: of the epochs from the first to the last of the
        three of highest balanced accuracy, that of the largest area under the precision-recall curve; or as named.
    random_state : int, generator or None, default None
        The seed of start, order and dropout.
    n_jobs : int, default None
        The largest number of threads; nothing depends on it.

    Attributes
    ----------
    classes_ : ndarray of shape (2,)
    coefs_, intercepts_ : list of ndarray of float32
        Of each layer the weights, of shape (inputs, units), and the biases.
    loss_curve_, validation_loss_curve_ : ndarray of shape (n_iter_,)
        The mean losses of each epoch; None where there were no validation samples.
    n_iter_, best_epoch_ : int
        The epochs that were run, and the one whose parameters these are, from 1.
    """

    def __init__(
        self,
        hidden_layer_sizes: Sequence[int] = (20, 20),
        *,
        dropout: float = 0.1,
        initial_deviation: float = 0.05,
        learning_rate_init: float = 0.001,
        batch_size: int = 20,
        max_iter: int = 25,
        n_iter_no_change: Optional[int] = None,
        epoch_choice: str = "best_of_range",
        random_state: Any = None,
        n_jobs: Optional[int] = None,
    ) -> None:
        self.hidden_layer_sizes = hidden_layer_sizes
        self.dropout = dropout
        self.initial_deviation = initial_deviation
        self.learning_rate_init = learning_rate_init
        self.batch_size = batch_size
        self.max_iter = max_iter
        self.n_iter_no_change = n_iter_no_change
        self.epoch_choice = epoch_choice
        self.random_state = random_state
        self.n_jobs = n_jobs

    @property
    def coefs_(self) -> List[np.ndarray]:
        """The weights of each layer, of shape (inputs, units)."""
        return [weights for weights, _ in self._layers()]

    @property
    def intercepts_(self) -> List[np.ndarray]:
        """The biases of each layer."""
        return [biases for _, biases in self._layers()]

    def _sizes(self) -> List[int]:
        return [self.n_features_in_, *np.asarray(self.hidden_layer_sizes, dtype=np.int64).reshape(-1).tolist(), 1]

    def _layers(self) -> List[Tuple[np.ndarray, np.ndarray]]:
        self._check_is_fitted()
        layers, start = [], 0
        for inputs, units in zip(self._sizes(), self._sizes()[1:]):
            end = start + inputs * units
            # The engine keeps the inputs of a unit together.
            layers.append((self._parameters[start:end].reshape(units, inputs).T, self._parameters[end : end + units]))
            start = end + units
        return layers

    def _parameter_count(self) -> int:
        return sum((inputs + 1) * units for inputs, units in zip(self._sizes(), self._sizes()[1:]))

    def _samples_to_fit(self, X: Any) -> Tuple[np.ndarray, int]:
        return self._rows_to_fit(X), 0

    def _samples_like_fitted(self, X: Any, hour_count: Optional[int]) -> Tuple[np.ndarray, int]:
        return self._rows_like_fitted(X), 0

    def _network(self, hour_count: int) -> Network:
        return self._training(self.hidden_layer_sizes, 0, initial_deviation=self.initial_deviation)


class LSTMClassifier(_NetworkClassifier):
    """An LSTM of two classes over the hours of samples of one length, trained by Adam; the same bits for any number of threads.

    Parameters
    ----------
    units : sequence of int, default (16,)
        The units of each layer.
    bidirectional_layers : int, default 0
        How many layers, from the first on, read the hours both ways.
    input_dropout, dropout : float, default 0
        The shares of the inputs of every layer, and of the last state, that training drops.
    gates : {"hard_sigmoid", "sigmoid"}, default "hard_sigmoid"
        What the gates apply: that of older Keras, or that of PyTorch and newer Keras.
    learning_rate_init, batch_size, max_iter, n_iter_no_change, epoch_choice, random_state, n_jobs
        As of :class:`MLPClassifier`; 20 epochs of batches of 8.

    Attributes
    ----------
    n_features_in_ : int
        The number of features an hour; samples to predict may have more hours or fewer.
    classes_, loss_curve_, validation_loss_curve_, n_iter_, best_epoch_
        As of :class:`MLPClassifier`.
    """

    def __init__(
        self,
        units: Sequence[int] = (16,),
        *,
        bidirectional_layers: int = 0,
        input_dropout: float = 0.0,
        dropout: float = 0.0,
        gates: str = "hard_sigmoid",
        learning_rate_init: float = 0.001,
        batch_size: int = 8,
        max_iter: int = 20,
        n_iter_no_change: Optional[int] = None,
        epoch_choice: str = "best_of_range",
        random_state: Any = None,
        n_jobs: Optional[int] = None,
    ) -> None:
        self.units = units
        self.bidirectional_layers = bidirectional_layers
        self.input_dropout = input_dropout
        self.dropout = dropout
        self.gates = gates
        self.learning_rate_init = learning_rate_init
        self.batch_size = batch_size
        self.max_iter = max_iter
        self.n_iter_no_change = n_iter_no_change
        self.epoch_choice = epoch_choice
        self.random_state = random_state
        self.n_jobs = n_jobs

    def _parameter_count(self) -> int:
        count, inputs = 0, self.n_features_in_
        for layer, units in enumerate(np.asarray(self.units, dtype=np.int64).reshape(-1).tolist()):
            ways = 2 if layer < self.bidirectional_layers else 1
            count += ways * 4 * units * (inputs + units + 1)
            inputs = ways * units
        return count + inputs + 1

    def _samples_to_fit(self, X: Any) -> Tuple[np.ndarray, int]:
        rows, hour_count, self.n_features_in_ = _as_hours(X)
        return rows, hour_count

    def _samples_like_fitted(self, X: Any, hour_count: Optional[int]) -> Tuple[np.ndarray, int]:
        rows, hours, features = _as_hours(X)
        if features != self.n_features_in_:
            raise ValueError(f"X has {features} features an hour, but {type(self).__name__} is expecting {self.n_features_in_}")
        if hour_count is not None and hours != hour_count:
            raise ValueError(f"the validation X has {hours} hours where X has {hour_count}; training reads samples of one length.")
        return rows, hours

    def _network(self, hour_count: int) -> Network:
        return self._training(
            self.units,
            hour_count,
            both_ways_count=int(self.bidirectional_layers),
            has_hard_gates=as_choice("gates", self.gates, _GATES),
            input_dropout=self.input_dropout,
        )


def _as_hours(X: Any) -> Tuple[np.ndarray, int, int]:
    """Returns samples as rows of all their hours, the number of hours, and that of features."""
    array = np.asarray(X)
    if array.ndim != 3:
        raise ValueError(f"X has {array.ndim} dimensions where (samples, hours, features) are expected.")
    samples, hours, features = array.shape
    if array.dtype == np.float32 and not array.flags.c_contiguous:
        warn_of_copy("X", array)
    return as_matrix(array.reshape(samples, hours * features)), hours, features
