"""The engine beside scikit-learn on real data: 569 biopsies of the breast, of which 212 are malignant.

The data (Wisconsin Diagnostic Breast Cancer) come with scikit-learn. Run it by
``PYTHONPATH=Engine.Python python3 Engine.Python/examples/beside_scikit_learn.py``.
"""

import time

import numpy as np
import sklearn.datasets
import sklearn.linear_model
import sklearn.neighbors
import sklearn.preprocessing

import engine

data = sklearn.datasets.load_breast_cancer()
# float32 in C order: the engine reads these rows where they lie.
X = np.ascontiguousarray(sklearn.preprocessing.scale(data.data), dtype=np.float32)
y = 1 - data.target  # 1 for malignant

# Neighbors: the same lists.
theirs = sklearn.neighbors.NearestNeighbors(n_neighbors=5, algorithm="brute").fit(X.astype(np.float64))
ours = engine.NearestNeighbors(n_neighbors=5).fit(X)
distances, indices = ours.kneighbors()
expected_distances, expected_indices = theirs.kneighbors()
print(f"neighbors: {np.mean(indices == expected_indices):.1%} of {indices.size:,} the same, distances within {np.abs(distances - expected_distances).max():.1e}")
assert (indices == expected_indices).all()

# Logistic regression: the same optimum, here with standard errors.
few = X[:, :8]  # a slice of columns is read in place, too
reference = sklearn.linear_model.LogisticRegression(C=1.0, tol=1e-10, max_iter=1000).fit(few, y)
model = engine.LogisticRegression(C=1.0).fit(few, y)
print(f"logistic regression: {model.status_} in {model.n_iter_[0]} steps, coefficients within {np.abs(model.coef_ - reference.coef_).max():.1e}")
assert np.allclose(model.coef_, reference.coef_, atol=1e-3)
for name, coefficient, error in zip(data.feature_names, model.coef_[0], model.standard_errors_[1:]):
    print(f"  {name:<16} {coefficient:7.3f} +- {error:.3f}")

# SMOTE: as many malignant rows as benign ones.
X_resampled, y_resampled = engine.SMOTE(random_state=7).fit_resample(X, y)
print(f"SMOTE: {np.bincount(y)} rows became {np.bincount(y_resampled)}")

# Every metric of two groups.
groups = {"large": X[:, 0] > 0, "small": X[:, 0] <= 0}
for group, row in engine.subgroup_metrics(model.predict_proba(few)[:, 1], y, groups).items():
    print(f"{group}: {row['rows']} rows, AUROC {row['auroc']:.3f}, recall of malignant {row['recall_c1']:.3f}")

# Time, where there is something to do: the rows 8 times, each moved a little.
many = np.tile(X, (8, 1)) + np.random.default_rng(1).normal(scale=0.1, size=(8 * len(X), X.shape[1])).astype(np.float32)
for name, search in (("engine", engine.NearestNeighbors(n_neighbors=5)), ("scikit-learn", sklearn.neighbors.NearestNeighbors(n_neighbors=5, algorithm="brute"))):
    start = time.perf_counter()
    search.fit(many).kneighbors()
    print(f"{len(many):,} x {len(many):,} neighbors: {time.perf_counter() - start:.2f} s, {name}")
