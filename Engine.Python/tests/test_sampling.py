"""What samplers keep, repeat and make."""

from __future__ import annotations

import unittest
from collections import Counter

import numpy as np

import engine
from engine import (
    ADASYN,
    SMOTE,
    SMOTEENN,
    BorderlineSMOTE,
    DistantUnderSampler,
    EditedNearestNeighbours,
    GammaSampler,
    NearestNeighbors,
    NearMiss,
    RandomOverSampler,
    RandomUnderSampler,
    SMOTETomek,
    TomekLinks,
)

from .support import outcomes, table

try:
    import imblearn
except ImportError:
    imblearn = None

OVER = (SMOTE, BorderlineSMOTE, GammaSampler, RandomOverSampler)
UNDER = (RandomUnderSampler, NearMiss, DistantUnderSampler)
CLEANING = (EditedNearestNeighbours, TomekLinks)
EVERY = (*OVER, ADASYN, *UNDER, *CLEANING, SMOTEENN, SMOTETomek)


class EverySamplerTests(unittest.TestCase):
    def setUp(self) -> None:
        self.X = table(600, 5)
        self.y = outcomes(self.X)

    def test_original_rows_are_first_and_untouched(self) -> None:
        before = self.X.copy()
        for sampler in (*OVER, ADASYN):
            with self.subTest(sampler=sampler.__name__):
                X, y = sampler().fit_resample(self.X, self.y)
                np.testing.assert_array_equal(X[:600], before)
                np.testing.assert_array_equal(y[:600], self.y)
                self.assertTrue((y[600:] == 1).all())
        np.testing.assert_array_equal(self.X, before)

    def test_classes_have_the_counts_that_are_asked_for(self) -> None:
        rare, common = (self.y == 1).sum(), (self.y == 0).sum()
        for sampler in OVER:
            for strategy, expected in (("auto", common), ("minority", common), (0.5, common // 2), ({1: rare + 37}, rare + 37), ({1: rare}, rare)):
                with self.subTest(sampler=sampler.__name__, strategy=strategy):
                    self.assertEqual(Counter(sampler(sampling_strategy=strategy).fit_resample(self.X, self.y)[1].tolist()), {0: common, 1: expected})
        for sampler in UNDER:
            for strategy, expected in (("auto", rare), ("majority", rare), (0.5, 2 * rare), ({0: rare + 37}, rare + 37), ({0: common}, common)):
                with self.subTest(sampler=sampler.__name__, strategy=strategy):
                    self.assertEqual(Counter(sampler(sampling_strategy=strategy).fit_resample(self.X, self.y)[1].tolist()), {0: expected, 1: rare})

    def test_a_seed_gives_the_same_rows_whatever_the_threads(self) -> None:
        for sampler in EVERY:
            with self.subTest(sampler=sampler.__name__):
                one, again = (sampler(n_jobs=jobs).fit_resample(self.X, self.y) for jobs in (1, 3))
                np.testing.assert_array_equal(one[0], again[0])
                if "random_state" in sampler().get_params():
                    other = sampler(random_state=1).fit_resample(self.X, self.y)
                    self.assertFalse(other[0].shape == one[0].shape and (other[0] == one[0]).all())

    def test_sample_indices_are_the_rows_of_the_result(self) -> None:
        for sampler in (RandomOverSampler, *UNDER, *CLEANING):
            with self.subTest(sampler=sampler.__name__):
                fitted = sampler()
                X, y = fitted.fit_resample(self.X, self.y)
                np.testing.assert_array_equal(X, self.X[fitted.sample_indices_])
                np.testing.assert_array_equal(y, self.y[fitted.sample_indices_])

    def test_classes_may_have_any_names(self) -> None:
        names = np.array(["alive", "dead"])[self.y]
        for sampler in EVERY:
            with self.subTest(sampler=sampler.__name__):
                X, y = sampler().fit_resample(self.X, names)
                expected = sampler().fit_resample(self.X, self.y)
                np.testing.assert_array_equal(X, expected[0])
                np.testing.assert_array_equal(y == "dead", expected[1] == 1)

    def test_three_classes_are_resampled_one_after_the_other(self) -> None:
        y = np.repeat([0, 1, 2], [100, 200, 300])
        np.random.default_rng(5).shuffle(y)
        for sampler in OVER:
            with self.subTest(sampler=sampler.__name__):
                self.assertEqual(Counter(sampler().fit_resample(self.X, y)[1].tolist()), {0: 300, 1: 300, 2: 300})
        for sampler in UNDER:
            with self.subTest(sampler=sampler.__name__):
                self.assertEqual(Counter(sampler().fit_resample(self.X, y)[1].tolist()), {0: 100, 1: 100, 2: 100})
        for sampler in CLEANING:
            with self.subTest(sampler=sampler.__name__):
                self.assertEqual((sampler().fit_resample(self.X, y)[1] == 0).sum(), 100)

    def test_what_cannot_be_is_told(self) -> None:
        for sampler, strategy, message in (
            (SMOTE, 0.01, "increase the ratio"),
            (SMOTE, {1: 3}, "greater or equal"),
            (SMOTE, {9: 3}, "not present"),
            (SMOTE, "rare", "needs to be one of"),
            (SMOTE, 2.0, "range"),
            (NearMiss, {0: 10_000}, "less or equal"),
            (NearMiss, {0: 3}, "no rarer"),
            (NearMiss, 0.01, "increase the ratio"),
            (TomekLinks, {0: 3}, "not supported"),
            (TomekLinks, 0.5, "name classes"),
        ):
            with self.subTest(sampler=sampler.__name__, strategy=strategy), self.assertRaisesRegex(ValueError, message):
                sampler(sampling_strategy=strategy).fit_resample(self.X, self.y)
        with self.assertRaisesRegex(ValueError, "random_state is -1"):
            SMOTE(random_state=-1).fit_resample(self.X, self.y)
        with self.assertRaisesRegex(ValueError, "more than 1 class"):
            SMOTE().fit_resample(self.X, np.zeros(600))


class SmoteTests(unittest.TestCase):
    def test_made_rows_lie_between_a_row_and_a_near_one_of_its_class(self) -> None:
        X = table(300, 4)
        y = outcomes(X)
        made = SMOTE(k_neighbors=3).fit_resample(X, y)[0][300:].astype(np.float64)
        rare = X[y == 1].astype(np.float64)
        near = NearestNeighbors(3).fit(X[y == 1]).kneighbors()[1]
        for row in made:
            starts = np.repeat(rare, 3, axis=0)
            steps = rare[near.ravel()] - starts
            share = ((row - starts) * steps).sum(axis=1) / (steps**2).sum(axis=1)
            distance = np.abs(starts + share[:, None] * steps - row).max(axis=1)
            distance[(share < -1e-6) | (share > 1)] = np.inf
            self.assertLess(distance.min(), 1e-6)

    def test_a_generator_or_none_draws_other_rows_each_time(self) -> None:
        X = table(300, 4)
        y = outcomes(X)
        for state in (None, np.random.RandomState(1), np.random.default_rng(1)):
            sampler = SMOTE(random_state=state)
            self.assertFalse((sampler.fit_resample(X, y)[0] == sampler.fit_resample(X, y)[0]).all())


@unittest.skipIf(imblearn is None, "imbalanced-learn is not installed")
class ImbalancedLearnTests(unittest.TestCase):
    def test_what_draws_nothing_keeps_the_same_rows(self) -> None:
        X = table(700, 6)
        for classes in (2, 3):
            y = outcomes(X) if classes == 2 else np.random.default_rng(3).choice(3, 700, p=[0.2, 0.3, 0.5])
            for name, options in (
                ("NearMiss", {"version": 1}),
                ("NearMiss", {"version": 2}),
                ("NearMiss", {"version": 3, "n_neighbors_ver3": 9}),
                ("NearMiss", {"version": 1, "sampling_strategy": {0: 300}} if classes == 2 else {"version": 1}),
                ("EditedNearestNeighbours", {}),
                ("EditedNearestNeighbours", {"sampling_strategy": "all"}),
                ("EditedNearestNeighbours", {"kind_sel": "mode"} if classes == 2 else {}),
                ("TomekLinks", {}),
                ("TomekLinks", {"sampling_strategy": "all"}),
            ):
                with self.subTest(classes=classes, name=name, **options):
                    theirs = getattr(imblearn.under_sampling, name)(**options)
                    ours = getattr(engine, name)(**options)
                    theirs.fit_resample(X.astype(np.float64), y)
                    ours.fit_resample(X, y)
                    np.testing.assert_array_equal(ours.sample_indices_, np.sort(theirs.sample_indices_))

    def test_adasyn_makes_as_many_rows(self) -> None:
        X = table(700, 6)
        y = outcomes(X)
        theirs = imblearn.over_sampling.ADASYN(random_state=0).fit_resample(X.astype(np.float64), y)
        self.assertEqual(len(ADASYN().fit_resample(X, y)[0]), len(theirs[0]))


if __name__ == "__main__":
    unittest.main()
