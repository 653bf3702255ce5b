"""Writes Engine.Tests/Golden/prioritized.json: small arms of the study of double prioritized sampling, made again with other people's libraries.

Versions: Python 3.13.5, PyTorch 2.6.0, scikit-learn 1.4.2, imbalanced-learn 0.12.4, NumPy 2.2.4, safetensors 0.4.5, those of Debian 13
(python3-torch python3-sklearn python3-imblearn python3-safetensors). From the folder of the checkout, first what both sides share, then this:

  ENGINE_REFERENCE_INPUTS=inputs artifacts/bin/Engine.Tests/release/Engine.Tests -class '*PrioritizedReferenceTests'
  python3 data-fixtures/prioritized_reference.py inputs > Engine.Tests/Golden/prioritized.json

The inputs, mlp.safetensors and lstm.safetensors, hold the samples, the first weights, and the draws: which minority rows are repeated, which rows are
made of which, and the order of samples in every epoch. All else is computed here, in float64: the networks and their training (Hegselmann et al. 2018;
Harutyunyan et al. 2019, whose gates are written out, as PyTorch's own LSTM has no hard sigmoid), dropout off, since its draws are the engine's own;
the choice of an epoch and the metrics (Afrose et al. 2021). imbalanced-learn makes SMOTE's rows, and its counts check random oversampling.
"""
import datetime
import hashlib
import heapq
import json
import pathlib
import sys

import imblearn
import numpy as np
import sklearn
import torch
from imblearn.over_sampling import SMOTE, RandomOverSampler
from safetensors.numpy import load_file
from sklearn import metrics
from sklearn.linear_model import LogisticRegression
from torch.nn.functional import binary_cross_entropy_with_logits, relu

METHODS = ["none", "random-over", "smote", "dp"]
UNITS = 3
GROUP = "black"
# Batch size and epochs of each network; Adam's settings are Keras's defaults.
TRAINING = {"mlp": (20, 25), "lstm": (8, 6)}
ADAM = {"lr": 0.001, "betas": (0.9, 0.999), "eps": 1e-7}
# Keras keeps probabilities this far from 0 and 1 in a loss.
MARGIN = 1e-7

torch.set_default_dtype(torch.float64)


class GivenDraws(np.random.RandomState):
    """Gives imbalanced-learn the engine's draws of pairs and factors for its own."""

    def __init__(self, pairs, factors):
        super().__init__(0)
        self.pairs, self.factors = pairs, factors

    def randint(self, low, high, size):
        assert low == 0 and size == len(self.pairs) and self.pairs.max() < high
        return self.pairs

    def uniform(self, size):
        assert size == len(self.factors)
        return self.factors


class Inputs:
    """What the engine wrote for a network."""

    def __init__(self, path):
        self.digest = hashlib.sha256(path.read_bytes()).hexdigest()
        self.tensors = load_file(path)

    def __getitem__(self, name):
        return self.tensors[name]

    def ints(self, name):
        return self.tensors[name].astype(int)

    def groups(self, part):
        start = f"{part}.group."
        return {name[len(start):]: values.astype(bool) for name, values in self.tensors.items() if name.startswith(start)}

    def start(self):
        return {name[6:]: torch.tensor(values.astype(float), requires_grad=True) for name, values in self.tensors.items() if name.startswith("start.")}


def resampled(inputs, method):
    """Returns the training rows, flat and in float32: observed ones, then made ones; with their labels, and how often each is used."""
    flat, labels = inputs["train.values"].reshape(len(inputs["train.values"]), -1), inputs.ints("train.labels")
    times, made = np.ones(len(labels), dtype=int), flat[:0]
    if method == "dp":
        times[(labels == 1) & inputs.groups("train")[GROUP]] = UNITS
    elif method == "random-over":
        times = inputs.ints("random-over.multiplicities")
        check_repeated(flat, labels, times)
    elif method == "smote":
        made = made_rows(inputs, flat, labels)
    assert (times == inputs.ints(f"{method}.multiplicities")).all()
    ones = np.ones(len(made), dtype=int)
    return np.concatenate([flat, made]), np.concatenate([labels, ones]), np.concatenate([times, ones])


def check_repeated(flat, labels, times):
    """Checks that random oversampling counts as imbalanced-learn does, and repeats rows as evenly as can be."""
    _, theirs = RandomOverSampler(random_state=0).fit_resample(flat, labels)
    assert (np.bincount(np.repeat(labels, times)) == np.bincount(theirs)).all()
    assert (times[labels == 0] == 1).all() and np.ptp(times[labels == 1]) <= 1


def made_rows(inputs, flat, labels):
    """Returns SMOTE's rows as imbalanced-learn makes them, after checking that it could have drawn what the engine drew."""
    minority, neighbors = inputs.ints("smote.minority"), inputs.ints("smote.neighbors")
    assert (minority == np.flatnonzero(labels == 1)).all()
    base = np.searchsorted(minority, inputs.ints("smote.base"))
    column = (neighbors[base] == inputs.ints("smote.neighbor")[:, None]).argmax(axis=1)
    pairs = base * neighbors.shape[1] + column
    sampler = SMOTE(k_neighbors=neighbors.shape[1], random_state=GivenDraws(pairs, inputs["smote.factor"]))
    values, classes = sampler.fit_resample(flat, labels)
    theirs = sampler.nn_k_.kneighbors(flat[minority], return_distance=False)[:, 1:]
    assert (minority[theirs] == neighbors).all()
    made = values[len(flat):]
    assert (classes[len(flat):] == 1).all() and made.dtype == np.float32
    assert (made == inputs["smote.rows"]).all()
    return made


def mlp_logits(weights, values):
    for layer in range(2):
        values = relu(values @ weights[f"mlp.{layer}.weight"].T + weights[f"mlp.{layer}.bias"])
    return (values @ weights["output.weight"].T + weights["output.bias"])[:, 0]


def hard_sigmoid(x):
    return torch.clamp(0.2 * x + 0.5, 0, 1)


def lstm_states(weights, name, hours, is_there, is_reversed):
    """Returns the states after every hour; an hour of zeros leaves state and cell as they are, as Keras's mask does."""
    state = cell = hours.new_zeros(len(hours), weights[f"{name}.weight_hh"].shape[1])
    states = [None] * hours.shape[1]
    for hour in reversed(range(hours.shape[1])) if is_reversed else range(hours.shape[1]):
        sums = hours[:, hour] @ weights[f"{name}.weight_ih"].T + state @ weights[f"{name}.weight_hh"].T + weights[f"{name}.bias"]
        take, keep, candidate, show = sums.chunk(4, dim=1)
        next_cell = hard_sigmoid(keep) * cell + hard_sigmoid(take) * torch.tanh(candidate)
        next_state = hard_sigmoid(show) * torch.tanh(next_cell)
        cell = torch.where(is_there[:, hour, None], next_cell, cell)
        state = torch.where(is_there[:, hour, None], next_state, state)
        states[hour] = state
    return states


def lstm_logits(weights, values):
    is_there = (values != 0).any(dim=2)
    both = [lstm_states(weights, f"lstm.0.{way}", values, is_there, way == "backward") for way in ("forward", "backward")]
    joined = torch.stack([torch.cat(pair, dim=1) for pair in zip(*both)], dim=1)
    last = lstm_states(weights, "lstm.1.forward", joined, is_there, False)[-1]
    return (last @ weights["output.weight"].T + weights["output.bias"])[:, 0]


LOGITS = {"mlp": mlp_logits, "lstm": lstm_logits}


def trapezoid(labels, scores):
    precision, recall, _ = metrics.precision_recall_curve(labels, scores)
    return metrics.auc(recall, precision)


def measured(labels, probabilities):
    predicted = (probabilities >= 0.5).astype(int)
    values = {
        "Accuracy": metrics.accuracy_score(labels, predicted),
        "BalancedAccuracy": metrics.balanced_accuracy_score(labels, predicted),
        "Auroc": metrics.roc_auc_score(labels, probabilities),
        "Mcc": metrics.matthews_corrcoef(labels, predicted),
        "Brier": metrics.brier_score_loss(labels, probabilities),
    }
    for label, scores in ((1, probabilities), (0, 1 - probabilities)):
        of_class = (labels == label).astype(int)
        as_class = (predicted == label).astype(int)
        values |= {
            f"PrecisionC{label}": metrics.precision_score(of_class, as_class, zero_division=0),
            f"RecallC{label}": metrics.recall_score(of_class, as_class),
            f"F1C{label}": metrics.f1_score(of_class, as_class),
            f"AveragePrecisionC{label}": metrics.average_precision_score(of_class, scores),
            f"TrapezoidPrC{label}": trapezoid(of_class, scores),
        }
    return {name: float(value) for name, value in values.items()}


def tested(inputs, probabilities):
    labels = inputs.ints("test.labels")
    return {
        "probabilities": probabilities.tolist(),
        "metrics": {group: measured(labels[rows], probabilities[rows]) for group, rows in inputs.groups("test").items()},
    }


def units_of(inputs, probabilities):
    """Scores a number of units on the validation rows of the group."""
    rows = inputs.groups("validation")[GROUP]
    values = measured(inputs.ints("validation.labels")[rows], probabilities[rows])
    return {"units": UNITS, "balancedAccuracy": values["BalancedAccuracy"], "trapezoidPrC1": values["TrapezoidPrC1"]}


def chosen_of(epochs):
    """Chooses an epoch, from 0: of those from the first to the last of the three of highest balanced accuracy, that of the highest area."""
    top = heapq.nlargest(3, range(len(epochs)), key=lambda epoch: epochs[epoch]["balancedAccuracy"])
    return max(range(min(top), max(top) + 1), key=lambda epoch: epochs[epoch]["trapezoidPrC1"])


def network_arm(model, inputs, method):
    rows, classes, times = resampled(inputs, method)
    # As rows appended to a list: every sample has as many places as it is used.
    values = torch.tensor(np.repeat(rows, times, axis=0).reshape(-1, *inputs["train.values"].shape[1:]).astype(float))
    targets = torch.tensor(np.repeat(classes, times).astype(float))
    weights, logits_of, (batch_size, epoch_count) = inputs.start(), LOGITS[model], TRAINING[model]
    order = inputs.ints(f"{method}.order")
    assert order.shape == (epoch_count, len(targets))
    adam = torch.optim.Adam(weights.values(), **ADAM)
    validation_labels = inputs.ints("validation.labels")

    @torch.no_grad()
    def probabilities_of(part):
        return torch.sigmoid(logits_of(weights, torch.tensor(inputs[f"{part}.values"].astype(float)))).numpy()

    epochs, judged, given = [], [], []
    for epoch in order:
        assert (np.sort(epoch) == np.arange(len(epoch))).all()
        total = 0.0
        for batch in torch.tensor(epoch).split(batch_size):
            adam.zero_grad()
            loss = binary_cross_entropy_with_logits(logits_of(weights, values[batch]), targets[batch])
            loss.backward()
            adam.step()
            total += loss.item() * len(batch)
        judged.append(probabilities_of("validation"))
        given.append(probabilities_of("test"))
        of_label = np.clip(np.where(validation_labels == 1, judged[-1], 1 - judged[-1]), MARGIN, 1 - MARGIN)
        epochs.append({
            "trainingLoss": total / len(epoch),
            "validationLoss": float(-np.log(of_label).mean()),
            "balancedAccuracy": float(metrics.balanced_accuracy_score(validation_labels, judged[-1] >= 0.5)),
            "trapezoidPrC1": float(trapezoid(validation_labels, judged[-1])),
        })
    chosen = chosen_of(epochs)
    arm = {"trainingRows": len(targets), **{name: [epoch[name] for epoch in epochs] for name in epochs[0]}, "chosenEpoch": chosen + 1}
    if method == "dp":
        arm["units"] = units_of(inputs, judged[chosen])
    return arm | tested(inputs, given[chosen])


def logistic_arm(inputs, method):
    """Fits scikit-learn's defaults, to the optimum; repeated rows by their weight."""
    values, labels, times = resampled(inputs, method)
    fit = LogisticRegression(solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(values.astype(float), labels, times)
    arm = {"trainingRows": int(times.sum())}
    if method == "dp":
        arm["units"] = units_of(inputs, fit.predict_proba(inputs["validation.values"].astype(float))[:, 1])
    return arm | tested(inputs, fit.predict_proba(inputs["test.values"].astype(float))[:, 1])


def main():
    folder = pathlib.Path(sys.argv[1])
    inputs = {model: Inputs(folder / f"{model}.safetensors") for model in TRAINING}
    arms = {"logistic": {method: logistic_arm(inputs["mlp"], method) for method in METHODS}}
    arms |= {model: {method: network_arm(model, inputs[model], method) for method in METHODS} for model in TRAINING}
    json.dump({
        "source": f"data-fixtures/prioritized_reference.py, {datetime.date.today()}: PyTorch {torch.__version__} (float64), scikit-learn {sklearn.__version__}, imbalanced-learn {imblearn.__version__}, NumPy {np.__version__}",
        "inputs": {model: given.digest for model, given in inputs.items()},
        "arms": arms,
    }, sys.stdout)
    print()


main()
