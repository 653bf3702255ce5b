"""Metrics of subgroups."""

from __future__ import annotations

import unittest
from unittest import mock

import numpy as np

from engine import subgroup_metrics

try:
    import sklearn.metrics
except ImportError:
    sklearn = None


class SubgroupMetricsTests(unittest.TestCase):
    def test_a_table_that_can_be_counted(self) -> None:
        table = subgroup_metrics([0.1, 0.6, 0.7, 0.9, 0.2], [0, 0, 1, 1, 1], ["a", "a", "a", "a", None])
        self.assertEqual(list(table), ["a"])
        row = table["a"]
        self.assertEqual([row[name] for name in ("rows", "positives", "true_positives", "false_positives", "false_negatives", "true_negatives")], [4, 2, 2, 1, 0, 1])
        self.assertEqual((row["accuracy"], row["auroc"], row["recall_c1"], row["recall_c0"], row["balanced_accuracy"]), (0.75, 1, 1, 0.5, 0.75))

    def test_what_is_undefined_is_none(self) -> None:
        row = subgroup_metrics([0.1, 0.6], [1, 1], {"a": [True, True], "none": [False, False]})
        self.assertIsNone(row["a"]["auroc"])
        self.assertEqual(row["a"]["recall_c1"], 0.5)
        self.assertEqual((row["none"]["rows"], row["none"]["accuracy"]), (0, None))

    def test_what_cannot_be_is_told(self) -> None:
        with self.assertRaisesRegex(ValueError, "scores holds NaN at row 1"):
            subgroup_metrics([0.1, np.nan], [0, 1], ["a", "a"])
        with self.assertRaisesRegex(ValueError, "the label of row 1 of y is 2"):
            subgroup_metrics([0.1, 0.2], [0, 2], ["a", "a"])

    @unittest.skipIf(sklearn is None, "scikit-learn is not installed")
    def test_scikit_learn_finds_the_same(self) -> None:
        draws = np.random.default_rng(8)
        scores, y = np.round(draws.random(2000), 2), (draws.random(2000) < 0.3).astype(int)
        groups = {"few": draws.random(2000) < 0.05, "many": draws.random(2000) < 0.6}
        found = subgroup_metrics(scores, y, groups, threshold=0.4)
        metrics = sklearn.metrics
        for name, mask in groups.items():
            truth, score = y[mask], scores[mask]
            guess = (score >= 0.4).astype(int)
            curve = metrics.precision_recall_curve(truth, score)
            curve0 = metrics.precision_recall_curve(1 - truth, 1 - score)
            precision = metrics.precision_score(truth, guess, average=None)
            recall = metrics.recall_score(truth, guess, average=None)
            f1 = metrics.f1_score(truth, guess, average=None)
            divergence = np.abs(precision - recall)
            (tn, fp), (fn, tp) = metrics.confusion_matrix(truth, guess)
            expected = {
                "prevalence": truth.mean(),
                "accuracy": metrics.accuracy_score(truth, guess),
                "balanced_accuracy": metrics.balanced_accuracy_score(truth, guess),
                "auroc": metrics.roc_auc_score(truth, score),
                "precision_c1": precision[1],
                "recall_c1": recall[1],
                "f1_c1": f1[1],
                "average_precision_c1": metrics.average_precision_score(truth, score),
                "trapezoid_pr_c1": metrics.auc(curve[1], curve[0]),
                "precision_c0": precision[0],
                "recall_c0": recall[0],
                "f1_c0": f1[0],
                "average_precision_c0": metrics.average_precision_score(1 - truth, 1 - score),
                "trapezoid_pr_c0": metrics.auc(curve0[1], curve0[0]),
                "mcc": metrics.matthews_corrcoef(truth, guess),
                "divergence_c1": divergence[1],
                "divergence_c0": divergence[0],
                "divergence_dual": divergence.sum(),
                "brier": metrics.brier_score_loss(truth, score),
                "selection_rate": guess.mean(),
                "false_positive_rate": fp / (fp + tn),
                "false_negative_rate": fn / (fn + tp),
                "false_discovery_rate": fp / (fp + tp),
                "false_omission_rate": fn / (fn + tn),
                "net_benefit": (tp - fp * 0.4 / 0.6) / len(truth),
            }
            for metric, value in expected.items():
                with self.subTest(group=name, metric=metric):
                    self.assertAlmostEqual(found[name][metric], value, places=10)
            self.assertEqual(len(found[name]), len(expected) + 6)

    def test_package_of_another_version_is_told(self) -> None:
        with mock.patch("engine.metrics._METRICS", ("prevalence",)), self.assertRaisesRegex(ValueError, "package that came with it"):
            subgroup_metrics([0.1, 0.9], [0, 1], ["a", "a"])


if __name__ == "__main__":
    unittest.main()
