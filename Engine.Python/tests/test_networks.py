"""Networks against the formulas that define them, in NumPy."""

from __future__ import annotations

import pickle
import unittest
import warnings

import numpy as np

from engine import DataConversionWarning, LSTMClassifier, MLPClassifier, NotFittedError

from .support import table


def problem(rows: int, columns: int, seed: int) -> "tuple[np.ndarray, np.ndarray]":
    """Rows of which the first column says the class, nearly."""
    X = 2 * table(rows, columns, seed) - 1
    return X, (X[:, 0] + 0.1 * X[:, 1] > 0).astype(int)


class MLPClassifierTests(unittest.TestCase):
    def test_probabilities_are_those_of_the_layers(self) -> None:
        X, y = problem(300, 5, 1)
        names = np.array(["alive", "dead"])[y]
        for sizes in ((7, 3), (4,), ()):
            with self.subTest(sizes=sizes):
                model = MLPClassifier(sizes, max_iter=3, random_state=5).fit(X, names)
                self.assertEqual([weights.shape for weights in model.coefs_], list(zip((5, *sizes), (*sizes, 1))))
                layer = X.astype(np.float64)
                for weights, biases in zip(model.coefs_[:-1], model.intercepts_[:-1]):
                    layer = np.maximum(0, layer @ weights + biases)
                expected = 1 / (1 + np.exp(-(layer @ model.coefs_[-1] + model.intercepts_[-1]).ravel()))
                np.testing.assert_allclose(model.predict_proba(X)[:, 1], expected, rtol=1e-5)
                np.testing.assert_array_equal(model.predict(X), np.where(expected > 0.5, "dead", "alive"))
                self.assertEqual(model.score(X, names), (model.predict(X) == names).mean())

    def test_training_learns(self) -> None:
        X, y = problem(600, 4, 2)
        model = MLPClassifier(dropout=0, max_iter=40, random_state=1).fit(X[:400], y[:400])
        self.assertGreater(model.score(X[400:], y[400:]), 0.95)
        self.assertLess(model.loss_curve_[-1], 0.5 * model.loss_curve_[0])
        self.assertEqual((model.n_iter_, model.best_epoch_, model.validation_loss_curve_), (40, 40, None))

    def test_validation_samples_choose_the_epoch(self) -> None:
        X, y = problem(500, 4, 3)
        options = {"max_iter": 12, "learning_rate_init": 0.05, "random_state": 2, "epoch_choice": "lowest_validation_loss"}
        model = MLPClassifier(**options).fit(X[:300], y[:300], validation=(X[300:], y[300:]))
        self.assertEqual(model.best_epoch_, 1 + model.validation_loss_curve_.argmin())
        second = model.predict_proba(X[300:])[:, 1]
        np.testing.assert_allclose(-np.log(np.where(y[300:] == 1, second, 1 - second)).mean(), model.validation_loss_curve_.min(), rtol=1e-5)
        again = MLPClassifier(**{**options, "max_iter": model.best_epoch_, "epoch_choice": "last"}).fit(X[:300], y[:300])
        np.testing.assert_array_equal(again.predict_proba(X), model.predict_proba(X))
        patient = MLPClassifier(**{**options, "max_iter": 500, "n_iter_no_change": 3}).fit(X[:300], y[:300], validation=(X[300:], y[300:]))
        self.assertEqual(patient.n_iter_, patient.best_epoch_ + 3)

    def test_threads_copies_and_pickles_give_the_same_bits(self) -> None:
        X, y = problem(400, 6, 4)
        one, many = (MLPClassifier(max_iter=2, random_state=9, n_jobs=jobs).fit(X, y) for jobs in (1, 3))
        np.testing.assert_array_equal(one.predict_proba(X), many.predict_proba(X))
        np.testing.assert_array_equal(pickle.loads(pickle.dumps(one)).predict_proba(X), one.predict_proba(X))
        other = MLPClassifier(max_iter=2, random_state=10).fit(X, y)
        self.assertFalse((other.predict_proba(X) == one.predict_proba(X)).all())

    def test_a_weight_of_0_is_no_sample_to_learn_from(self) -> None:
        X, y = problem(400, 3, 5)
        wrong = np.where(np.arange(400) % 2 == 0, y, 1 - y)
        model = MLPClassifier(dropout=0, max_iter=60, random_state=1).fit(X, wrong, sample_weight=np.arange(400) % 2 == 0)
        self.assertGreater(model.score(X, y), 0.95)

    def test_what_cannot_be_is_told(self) -> None:
        X, y = problem(60, 3, 6)
        with self.assertRaises(NotFittedError):
            MLPClassifier().predict(X)
        with self.assertRaisesRegex(ValueError, "Dropout is 1"):
            MLPClassifier(dropout=1).fit(X, y)
        with self.assertRaisesRegex(ValueError, "layer 2 has 0 units"):
            MLPClassifier((3, 0)).fit(X, y)
        with self.assertRaisesRegex(ValueError, "epoch_choice is 'best'; allowed is"):
            MLPClassifier(epoch_choice="best").fit(X, y)
        with self.assertRaisesRegex(ValueError, "the validation y has a class that y has not"):
            MLPClassifier().fit(X, y, validation=(X, y + 5))
        with self.assertRaisesRegex(ValueError, "NaN at row 7, column 1"):
            X[7, 1] = np.nan
            MLPClassifier().fit(X, y)


class LSTMClassifierTests(unittest.TestCase):
    def setUp(self) -> None:
        hours = 2 * table(240 * 6, 3, 7).reshape(240, 6, 3) - 1
        self.X, self.y = hours, (hours[:, -2:, 0].sum(axis=1) > 0).astype(int)

    def test_probabilities_are_those_of_the_gates(self) -> None:
        for gates in ("sigmoid", "hard_sigmoid"):
            with self.subTest(gates=gates):
                model = LSTMClassifier((4,), gates=gates, max_iter=2, random_state=3).fit(self.X, self.y)
                expected = self._forward(model, self.X)
                np.testing.assert_allclose(model.predict_proba(self.X)[:, 1], expected, rtol=1e-4)
                later = self.X[:, 2:].copy()
                np.testing.assert_allclose(model.predict_proba(later)[:, 1], self._forward(model, later), rtol=1e-4)

    def test_training_learns_both_ways_too(self) -> None:
        for layers in ({"units": (8,)}, {"units": (4, 6), "bidirectional_layers": 1}):
            with self.subTest(**layers):
                model = LSTMClassifier(**layers, learning_rate_init=0.02, max_iter=25, random_state=1).fit(self.X[:160], self.y[:160], validation=(self.X[160:], self.y[160:]))
                self.assertGreater(model.score(self.X[160:], self.y[160:]), 0.85)
                self.assertEqual(len(model.validation_loss_curve_), 25)

    def test_hours_that_do_not_lie_together_are_copied_with_a_warning(self) -> None:
        model = LSTMClassifier((4,), max_iter=1, random_state=3).fit(self.X, self.y)
        with warnings.catch_warnings():
            warnings.simplefilter("error", DataConversionWarning)
            together = model.predict_proba(self.X)
            with self.assertRaises(DataConversionWarning):
                model.predict_proba(np.asfortranarray(self.X))
        with self.assertWarns(DataConversionWarning):
            np.testing.assert_array_equal(model.predict_proba(self.X.astype(np.float64)), together)

    def test_what_cannot_be_is_told(self) -> None:
        with self.assertRaisesRegex(ValueError, r"X has 2 dimensions where \(samples, hours, features\) are expected"):
            LSTMClassifier().fit(self.X[:, 0], self.y)
        model = LSTMClassifier((2,), max_iter=1, random_state=1).fit(self.X, self.y)
        with self.assertRaisesRegex(ValueError, "X has 2 features an hour, but LSTMClassifier is expecting 3"):
            model.predict(self.X[:, :, :2].copy())
        with self.assertRaisesRegex(ValueError, "the validation X has 5 hours where X has 6"):
            model.fit(self.X, self.y, validation=(self.X[:, 1:].copy(), self.y))

    @staticmethod
    def _forward(model: LSTMClassifier, X: np.ndarray) -> np.ndarray:
        """The network of one layer by its definition: gates in the order input, forget, cell, output."""
        units, parameters = 4, model._parameters.astype(np.float64)
        of_inputs, of_state, biases, output = np.split(parameters, np.cumsum([4 * units * 3, 4 * units * units, 4 * units]))
        sigmoid = (lambda x: 1 / (1 + np.exp(-x))) if model.gates == "sigmoid" else (lambda x: np.clip(0.2 * x + 0.5, 0, 1))
        state = cell = np.zeros((len(X), units))
        for hour in range(X.shape[1]):
            sums = X[:, hour].astype(np.float64) @ of_inputs.reshape(-1, 3).T + state @ of_state.reshape(-1, units).T + biases
            i, f, g, o = np.split(sums, 4, axis=1)
            cell = sigmoid(f) * cell + sigmoid(i) * np.tanh(g)
            state = sigmoid(o) * np.tanh(cell)
        return 1 / (1 + np.exp(-(state @ output[:units] + output[units])))


if __name__ == "__main__":
    unittest.main()
