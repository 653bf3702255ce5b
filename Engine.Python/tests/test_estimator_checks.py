"""The checks that scikit-learn and imbalanced-learn hold their own estimators to, as far as they apply."""

from __future__ import annotations

import unittest
import warnings
from typing import Any, Dict

import engine

try:
    from sklearn.utils._tags import _DEFAULT_TAGS
    from sklearn.utils.estimator_checks import check_estimator
except ImportError:
    check_estimator = None
try:
    # Installed with imbalanced-learn's tests, which need pytest.
    from imblearn.utils.estimator_checks import _yield_sampler_checks
except ImportError:
    _yield_sampler_checks = None

OVER = [engine.SMOTE, engine.BorderlineSMOTE, engine.ADASYN, engine.GammaSampler, engine.RandomOverSampler]
WITH_INDICES = [
    engine.RandomOverSampler,
    engine.RandomUnderSampler,
    engine.NearMiss,
    engine.DistantUnderSampler,
    engine.EditedNearestNeighbours,
    engine.TomekLinks,
]
SAMPLERS = [*OVER, *WITH_INDICES[1:], engine.SMOTEENN, engine.SMOTETomek]

_INFINITY = "the engine refuses the value and calls it Infinity, as .NET does; the check looks for 'inf' in the message"

# What cannot hold, and why. A check that holds after all fails the test: the list stays true.
EXPECTED_FAILURES: Dict[str, Dict[str, str]] = {
    "NearestNeighbors": {"check_estimators_nan_inf": _INFINITY},
    **{
        classifier: {
            "check_estimators_nan_inf": _INFINITY,
            "check_supervised_y_2d": "the warning is this package's DataConversionWarning; scikit-learn's, which is asked for, would have to be imported",
            "check_estimators_unfitted": "the error is this package's NotFittedError, a ValueError and AttributeError as scikit-learn's, which is asked for",
        }
        for classifier in ("LogisticRegression", "MLPClassifier")
    },
    **{
        sampler.__name__: {"check_samplers_multiclass_ova": "y is one class a row; a table of one column a class is refused by name"}
        for sampler in SAMPLERS
    },
}


class EstimatorCheckTests(unittest.TestCase):
    def _run(self, estimator: Any, checks: Any) -> None:
        name = type(estimator).__name__
        expected = EXPECTED_FAILURES.get(name, {})
        ran = 0
        for check_name, check in checks:
            ran += 1
            with self.subTest(estimator=name, check=check_name), warnings.catch_warnings():
                # The checks pass float64, and data that no fit converges on.
                warnings.simplefilter("ignore")
                if check_name in expected:
                    with self.assertRaises(Exception, msg=f"{check_name} holds; it is no expected failure any more"):
                        check()
                else:
                    try:
                        check()
                    except unittest.SkipTest:
                        pass
        self.assertGreater(ran, 5)

    @unittest.skipIf(check_estimator is None, "scikit-learn is not installed, or has other checks than those of 1.2")
    def test_scikit_learn(self) -> None:
        # Small tables want more and longer steps than the defaults take.
        network = engine.MLPClassifier(dropout=0, initial_deviation=0.3, learning_rate_init=0.01, max_iter=100)
        for estimator in (engine.NearestNeighbors(), engine.LogisticRegression(), network, *(sampler() for sampler in SAMPLERS)):
            estimator.set_params(n_jobs=1)
            checks = check_estimator(estimator, generate_only=True)
            self._run(estimator, ((getattr(check, "func", check).__name__, lambda one=one, check=check: check(one)) for one, check in checks))

    @unittest.skipIf(check_estimator is None or _yield_sampler_checks is None, "imbalanced-learn with its checks is not installed")
    def test_imbalanced_learn(self) -> None:
        for sampler in SAMPLERS:
            tagged = self._tagged(sampler)
            checks = [(check.__name__, lambda check=check, sampler=sampler: check(sampler.__name__, tagged)) for check in _yield_sampler_checks(tagged)]
            self._run(tagged, checks)

    @staticmethod
    def _tagged(sampler: Any) -> Any:
        """An estimator that answers what the checks ask scikit-learn's base class."""

        def tags(self: Any) -> Dict[str, Any]:
            return {**_DEFAULT_TAGS, "X_types": ["2darray", "dataframe"], "sample_indices": sampler in WITH_INDICES}

        return type(sampler.__name__, (sampler,), {"__init__": sampler.__init__, "_get_tags": tags})(n_jobs=1)


if __name__ == "__main__":
    unittest.main()
