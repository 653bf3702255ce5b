"""Logistic regression against what defines it, in NumPy."""

from __future__ import annotations

import pickle
import unittest
import warnings

import numpy as np

from engine import ConvergenceWarning, LogisticRegression, double_prioritized_search

from .support import table

try:
    import sklearn.linear_model
except ImportError:
    sklearn = None


def draw(rows: int = 800, columns: int = 4, seed: int = 6) -> "tuple[np.ndarray, np.ndarray]":
    X = table(rows, columns, seed)
    log_odds = 3 * X[:, 0] - 2 * X[:, 1] - 1
    return X, (np.random.default_rng(seed).random(rows) < 1 / (1 + np.exp(-log_odds))).astype(int)


def design(X: np.ndarray) -> np.ndarray:
    return np.column_stack((np.ones(len(X)), X.astype(np.float64)))


class LogisticRegressionTests(unittest.TestCase):
    def test_the_score_is_zero_and_the_covariance_the_inverse_information(self) -> None:
        X, y = draw()
        weights = np.random.default_rng(1).random(len(X)) * 3
        fit = LogisticRegression().fit(X, y, sample_weight=weights)
        second = fit.predict_proba(X)[:, 1]
        self.assertLess(np.abs(design(X).T @ (weights * (y - second))).max(), 1e-9)
        information = design(X).T @ (design(X) * (weights * second * (1 - second))[:, None])
        np.testing.assert_allclose(fit.covariance_, np.linalg.inv(information), rtol=1e-9)
        np.testing.assert_allclose(fit.standard_errors_, np.sqrt(np.diag(np.linalg.inv(information))), rtol=1e-9)
        self.assertEqual((fit.status_, fit.coef_.shape, fit.intercept_.shape), ("converged", (1, 4), (1,)))
        np.testing.assert_allclose(fit.log_likelihood_, (weights * np.log(np.where(y == 1, second, 1 - second))).sum(), rtol=1e-12)

    def test_predictions_follow_from_the_coefficients(self) -> None:
        X, y = draw()
        names = np.array(["alive", "dead"])[y]
        for intercept in (True, False):
            fit = LogisticRegression(fit_intercept=intercept).fit(X, names)
            log_odds = X.astype(np.float64) @ fit.coef_[0] + fit.intercept_
            np.testing.assert_allclose(fit.decision_function(X), log_odds, rtol=1e-12, atol=1e-12)
            np.testing.assert_allclose(fit.predict_proba(X)[:, 1], 1 / (1 + np.exp(-log_odds)), rtol=1e-12)
            np.testing.assert_allclose(fit.predict_log_proba(X), np.log(fit.predict_proba(X)), rtol=1e-9)
            np.testing.assert_array_equal(fit.predict(X), np.where(log_odds > 0, "dead", "alive"))
            self.assertEqual(fit.score(X, names), (fit.predict(X) == names).mean())

    def test_robust_errors_are_the_sandwich(self) -> None:
        X, y = draw()
        clusters = np.arange(len(X)) // 8
        fit = LogisticRegression().fit(X, y)
        scores = design(X) * (y - fit.predict_proba(X)[:, 1])[:, None]
        n, k = design(X).shape
        sums = np.array([scores[clusters == cluster].sum(axis=0) for cluster in range(100)])
        for given, rows, factor in ((None, scores, n / (n - k)), (clusters, sums, 100 / 99 * (n - 1) / (n - k))):
            robust = fit.robust_errors(X, y, given)
            np.testing.assert_allclose(robust.covariance_, factor * fit.covariance_ @ rows.T @ rows @ fit.covariance_, rtol=1e-8)
            np.testing.assert_allclose(robust.standard_errors_, np.sqrt(np.diag(robust.covariance_)))
            self.assertEqual(robust.n_clusters_, len(rows))
        np.testing.assert_array_equal(fit.robust_errors(X, y, [f"patient {cluster}" for cluster in clusters]).covariance_, robust.covariance_)
        crossed = fit.robust_errors(X, y, clusters, np.arange(len(X)) % 50, factor="none")
        self.assertEqual(crossed.n_clusters_, 50)
        plain = fit.robust_errors(X, y, clusters, factor="none").covariance_ + fit.robust_errors(X, y, np.arange(len(X)) % 50, factor="none").covariance_
        both = fit.robust_errors(X, y, clusters * 50 + np.arange(len(X)) % 50, factor="none").covariance_
        np.testing.assert_allclose(crossed.covariance_, plain - both, rtol=1e-8)

    def test_firth_profiles_are_those_of_the_penalized_likelihood(self) -> None:
        # Separated: no x above 5 is of class 0.
        X = np.array([[1], [2], [3], [4], [5], [6], [7], [8]], dtype=np.float32)
        y = (X[:, 0] > 5).astype(int)
        fit = LogisticRegression(method="firth").fit(X, y)
        profiles = fit.firth_profiles(X, y)

        def penalized(beta: np.ndarray) -> float:
            log_odds = design(X) @ beta
            second = 1 / (1 + np.exp(-log_odds))
            information = design(X).T @ (design(X) * (second * (1 - second))[:, None])
            return -np.logaddexp(0, (1 - 2 * y) * log_odds).sum() + np.linalg.slogdet(information)[1] / 2

        def drop(slope: float) -> float:
            near, far = -30 * slope - 10, 5.0
            for _ in range(200):  # by thirds: the other coefficient has one maximum
                thirds = near + (far - near) / 3, far - (far - near) / 3
                if penalized(np.array([thirds[0], slope])) < penalized(np.array([thirds[1], slope])):
                    near = thirds[0]
                else:
                    far = thirds[1]
            return 2 * (penalized(np.array([fit.intercept_[0], fit.coef_[0, 0]])) - penalized(np.array([near, slope])))

        for end in profiles.intervals_[1]:
            self.assertAlmostEqual(drop(end), 3.841458820694124, places=6)
        self.assertAlmostEqual(drop(0), profiles.chi_squared_[1], places=6)
        self.assertLess(profiles.intervals_[1, 0], fit.coef_[0, 0])
        self.assertLess(profiles.p_values_[1], 0.05)
        with self.assertRaisesRegex(ValueError, "profiles are those of method='firth'"):
            LogisticRegression(C=1.0).fit(X, y).firth_profiles(X, y)

    def test_columns_that_are_combinations_are_left_out_and_told(self) -> None:
        X, y = draw()
        # Sums of such values are exact.
        X = np.round(64 * X) / np.float32(64)
        X = np.column_stack((X, X[:, 0] + X[:, 1]))
        with self.assertWarnsRegex(ConvergenceWarning, "singular"):
            fit = LogisticRegression().fit(X, y)
        self.assertEqual((fit.status_, len(fit.left_out_)), ("singular", 1))
        self.assertEqual(fit.coef_[0, fit.left_out_].tolist(), [0])
        self.assertTrue(np.isnan(fit.p_values_[1 + fit.left_out_[0]]))
        other = np.delete(X, fit.left_out_, axis=1)
        expected = LogisticRegression().fit(other, y).robust_errors(other, y)
        found = fit.robust_errors(X, y)
        np.testing.assert_allclose(np.delete(found.standard_errors_, 1 + fit.left_out_), expected.standard_errors_, rtol=1e-6)

    def test_separated_classes_are_told_and_have_estimates_by_firth_or_a_penalty(self) -> None:
        X = table(60, 2)
        y = X[:, 0] > 0.5
        with self.assertWarnsRegex(ConvergenceWarning, "separated"):
            self.assertEqual(LogisticRegression().fit(X, y).status_, "separated")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for options in ({"method": "firth"}, {"C": 1.0}):
                self.assertEqual(LogisticRegression(**options).fit(X, y).status_, "converged")

    def test_rows_that_are_not_finite_are_named(self) -> None:
        X, y = draw()
        fit = LogisticRegression().fit(X, y)
        X[3, 1] = np.nan
        for work in (lambda: LogisticRegression().fit(X, y), lambda: fit.predict(X)):
            with self.assertRaisesRegex(ValueError, "NaN at row 3, column 1"):
                work()

    def test_a_copy_of_a_fit_predicts_the_same(self) -> None:
        X, y = draw()
        fit = LogisticRegression().fit(X, y)
        np.testing.assert_array_equal(pickle.loads(pickle.dumps(fit)).predict_proba(X), fit.predict_proba(X))

    def test_what_cannot_be_is_told(self) -> None:
        X, y = draw()
        for options, message in (({"C": 0}, "C is 0"), ({"method": "lbfgs"}, "'lbfgs'; allowed is"), ({"tol": 0.0}, "Tolerance"), ({"max_iter": 0}, "MaxIterations")):
            with self.subTest(**options), self.assertRaisesRegex(ValueError, message):
                LogisticRegression(**options).fit(X, y)
        with self.assertRaisesRegex(ValueError, "Only binary"):
            LogisticRegression().fit(X, np.arange(len(X)) % 3)
        with self.assertRaisesRegex(ValueError, "the weight of row 0 is -1"):
            LogisticRegression().fit(X, y, np.full(len(X), -1.0))
        with self.assertRaisesRegex(ValueError, "sample_weight has 3 entries"):
            LogisticRegression().fit(X, y, [1, 1, 1])

    @unittest.skipIf(sklearn is None, "scikit-learn is not installed")
    def test_scikit_learn_finds_the_same(self) -> None:
        X, y = draw()
        for C, theirs in ((np.inf, {"penalty": None}), (0.3, {"C": 0.3})):
            expected = sklearn.linear_model.LogisticRegression(solver="newton-cholesky", tol=1e-12, max_iter=500, **theirs).fit(X.astype(np.float64), y)
            found = LogisticRegression(C=C).fit(X, y)
            np.testing.assert_allclose(found.coef_, expected.coef_, rtol=1e-6)
            np.testing.assert_allclose(found.intercept_, expected.intercept_, rtol=1e-6)


class DoublePrioritizedTests(unittest.TestCase):
    def test_units_are_weights_and_the_choice_is_the_papers(self) -> None:
        X, y = draw(2000)
        group = X[:, 3] > 0.8
        X_select, y_select = draw(1500, seed=7)
        group_select = X_select[:, 3] > 0.8
        found = double_prioritized_search(X, y, group, X_select, y_select, group_select, units=[1, 2, 5, 9])
        self.assertEqual([score.units for score in found.scores], [1, 2, 5, 9])
        for score in found.scores:
            fit = LogisticRegression().fit(X, y, np.where(group & (y == 1), score.units, 1))
            predicted, truth = fit.predict(X_select[group_select]), y_select[group_select]
            self.assertAlmostEqual(score.balanced_accuracy, np.mean([(predicted[truth == label] == label).mean() for label in (0, 1)]), places=12)
            self.assertEqual(score.status, "converged")
            if score.units == found.chosen_units:
                np.testing.assert_allclose(found.model.coef_, fit.coef_, rtol=1e-6)
                np.testing.assert_allclose(found.model.predict_proba(X), fit.predict_proba(X), rtol=1e-6)
        best = sorted(found.scores, key=lambda score: -score.balanced_accuracy)[:3]
        self.assertEqual(max(best, key=lambda score: score.trapezoid_pr_c1).units, found.chosen_units)

    def test_a_group_without_a_class_is_told(self) -> None:
        X, y = draw()
        with self.assertRaisesRegex(ValueError, "balanced accuracy needs both classes"):
            double_prioritized_search(X, y, y == 1, X, y, y == 1)
        with self.assertRaisesRegex(ValueError, "group_select has 1 entries where X_select has 800"):
            double_prioritized_search(X, y, y == 1, X, y, [True])


if __name__ == "__main__":
    unittest.main()
