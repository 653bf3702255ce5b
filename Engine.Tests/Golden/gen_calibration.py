"""Writes calibration.json: python3 gen_calibration.py > calibration.json (scikit-learn 1.2.1, SciPy 1.10.1, numpy 1.24)."""
import json

import numpy as np
from scipy.stats import norm
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression

rng = np.random.Generator(np.random.PCG64(701))


def case(name, score, weighted):
    # Scores are float32 numbers, so that both sides see the same ones.
    score = np.asarray(score, dtype=np.float32).astype(float)
    y = (rng.random(len(score)) < 0.1 + 0.7 * score**2).astype(int)
    weight = rng.integers(0, 9, len(score)) / 4 if weighted else np.ones(len(score))
    rate, mean = calibration_curve(y, score, n_bins=10, strategy="uniform")
    counts = np.bincount(np.clip(np.ceil(score * 10).astype(int) - 1, 0, 9), minlength=10)
    fitted = IsotonicRegression(out_of_bounds="clip").fit(score, y, sample_weight=weight).predict(score)
    return {
        "name": name, "score": score.tolist(), "y": y.tolist(), "weight": weight.tolist() if weighted else None,
        "calibration_curve_uniform_10": {"rate": rate.tolist(), "mean_score": mean.tolist()},
        "expected_calibration_error": float(np.sum(counts[counts > 0] * np.abs(rate - mean)) / len(score)),
        "isotonic": fitted.tolist(),
    }


z = [0.0, 1e-3, 0.1, 0.5, 1.0, 1.5, 1.959963984540054, 2.0, 2.000001, 2.5, 3.0, 4.0, 5.0, 8.0, 15.0, 30.0, 37.5, -1.0, -6.0]
print(json.dumps({
    "source": "scikit-learn 1.2.1: calibration_curve (unweighted), IsotonicRegression at the fitted scores; SciPy 1.10.1: norm.sf; gen_calibration.py",
    "tolerance": "1e-12 absolute; norm.sf 1e-12 relative",
    "cases": [
        case("grid_n400", rng.integers(0, 65, 400) / 64, False),
        case("grid_n400_weighted", rng.integers(0, 65, 400) / 64, True),
        case("continuous_n500", rng.random(500), False),
        case("continuous_n500_weighted", rng.random(500), True),
        case("narrow_n100", 0.3 + 0.1 * rng.random(100), False),
    ],
    "normal_tail": {"z": z, "sf": norm.sf(z).tolist()},
}))
