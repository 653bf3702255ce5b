"""From a Parquet file of stays to metrics of groups: resample, fit, judge. pandas reads the file, by pyarrow.

Run it by ``PYTHONPATH=Engine.Python python3 Engine.Python/examples/parquet_to_metrics.py stays.parquet``.
"""

import sys

import numpy as np
import pandas as pd

import engine

FEATURES = ["age", "lactate", "heart_rate"]

stays = pd.read_parquet(sys.argv[1], columns=["subject_id", "race", "died", *FEATURES])
is_test = (stays["subject_id"] % 5 == 0).to_numpy()  # whole patients

# Filled and scaled by the training rows alone. float32 in C order: the engine reads these rows where they lie.
features = stays[FEATURES].fillna(stays.loc[~is_test, FEATURES].median())
features = (features - features[~is_test].mean()) / features[~is_test].std()
X, y = np.ascontiguousarray(features, dtype=np.float32), stays["died"].to_numpy(dtype=int)

for name, sampler in {"none": None, "SMOTE": engine.SMOTE(random_state=7), "undersampling": engine.RandomUnderSampler(random_state=7)}.items():
    rows, labels = X[~is_test], y[~is_test]
    if sampler is not None:
        rows, labels = sampler.fit_resample(rows, labels)
    model = engine.LogisticRegression(C=1.0).fit(rows, labels)
    scores = model.predict_proba(X[is_test])[:, 1]
    table = engine.subgroup_metrics(scores, y[is_test], stays.loc[is_test, "race"])
    print(f"{name}: {len(rows):,} rows, {model.status_}")
    print(pd.DataFrame(table).T[["rows", "positives", "recall_c1", "auroc", "brier"]].astype(float).round(3).to_string())
