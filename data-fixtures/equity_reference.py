"""Writes Engine.Tests/Golden/equity.json: one repeat of every arm of the study of synthetic rows, fitted again with scikit-learn.

From the folder of the checkout, first what both sides share, then this:

  ENGINE_REFERENCE_INPUTS=inputs artifacts/bin/Engine.Tests/release/Engine.Tests -class '*EquityReferenceTests'
  python3 data-fixtures/equity_reference.py inputs > Engine.Tests/Golden/equity.json

equity.safetensors holds the rows that each arm trains on (made ones among them), their outcomes and weights, and the rows that are judged. All else is
computed here: missing values become the median of the real rows of the repeat (arm "baseline"), columns are standardized by those rows, and each outcome
is fitted by logistic regression with C = 1 to convergence.
"""
import hashlib
import json
import pathlib
import struct
import sys

import numpy as np
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

JUDGED = ["judged-minority", "judged-majority"]


def read(path):
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    types = {"F32": np.float32, "F64": np.float64}
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        first, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(data[first:end], types[entry["dtype"]]).reshape(entry["shape"]).astype(np.float64)
    return tensors


def main():
    path = pathlib.Path(sys.argv[1]) / "equity.safetensors"
    tensors = read(path)
    scale = make_pipeline(SimpleImputer(strategy="median"), StandardScaler()).fit(tensors["baseline.rows"])
    names = [name[:-len(".rows")] for name in tensors if name.endswith(".rows")]
    outcomes = sum(name.startswith("baseline.outcome.") for name in tensors)
    judged = {name: scale.transform(tensors[f"{name}.rows"]) for name in JUDGED}
    arms = {}
    for name in names:
        if name in JUDGED:
            continue
        arms[name] = []
        for outcome in range(outcomes):
            model = LogisticRegression(C=1, solver="newton-cholesky", tol=1e-13, max_iter=1000)
            model.fit(scale.transform(tensors[f"{name}.rows"]), tensors[f"{name}.outcome.{outcome}"], sample_weight=tensors[f"{name}.weights"])
            entry = {"logOdds": [float(value) for value in model.decision_function(judged[JUDGED[0]])]}
            for part in JUDGED:
                labels, scores = tensors[f"{part}.outcome.{outcome}"], model.decision_function(judged[part])
                entry[part[len("judged-"):] + "Auroc"] = float(roc_auc_score(labels, scores))
                entry[part[len("judged-"):] + "Auprc"] = float(average_precision_score(labels, scores))
            arms[name].append(entry)
    print(json.dumps({
        "source": f"data-fixtures/equity_reference.py: scikit-learn {sklearn.__version__}, NumPy {np.__version__}",
        "inputs": hashlib.sha256(path.read_bytes()).hexdigest(),
        "arms": arms,
    }, indent=1))


main()
