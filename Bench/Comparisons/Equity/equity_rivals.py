"""Runs the study of synthetic rows for small groups with scikit-learn and imbalanced-learn; see rivals.py.

  equity_rivals.py study scikit-learn FOLDER REPEATS MAX_SECONDS THREADS TOLERANCE

FOLDER has study.json with sizes; features.npy (float32, NaN where missing), outcomes.npy, patients.npy and groups.npy (0 for the majority, 1 and more
for minorities, -1 for the rest), a row each; draws.npy, the rows to train on, majority first, group by group and repeat by repeat; and expected.npy
with the engine's scores, to choose a solver by. Children of fork share them, so this needs a system that has it.
Found are of each group, repeat, arm and outcome the area under the ROC curve and the average precision of the minority, then of the majority; NaN where
one is undefined. The seconds are scaled to the repeats of the whole study.
"""
import atexit
import itertools
import json
import multiprocessing
import os
import time

from rivals import Work, load, main

SOLVERS = ("newton-cholesky", "lbfgs")
TOLERANCES = (1e-4, 1e-6, 1e-8, 1e-10)
ARMS_WITHOUT_CHANCE = 3


class Study:
    """What is read before the clock starts."""

    def __init__(self, folder):
        import numpy as np
        with open(os.path.join(folder, "study.json")) as file:
            self.__dict__.update(json.load(file))
        features, outcomes, self.patients, self.groups, draws = load(folder, "features", "outcomes", "patients", "groups", "draws")
        self.features = np.column_stack([features, self.groups])  # The last column is that which tells the groups apart.
        self.outcomes = outcomes.reshape(len(features), -1)
        self.draws = draws.reshape(self.minorities, self.repeats, -1)

    def rows_of(self, rows, minority):
        """Features of rows, and a last column that tells the minority."""
        taken = self.features[rows]
        taken[:, -1] = taken[:, -1] == minority + 1
        return taken


def copula(examples, count, random):
    """Draws rows from a Gaussian copula whose margins are those of the examples."""
    import numpy as np
    from scipy.special import ndtr, ndtri
    from scipy.stats import rankdata
    normal = ndtri(rankdata(examples, axis=0) / (len(examples) + 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        correlation = np.nan_to_num(np.corrcoef(normal, rowvar=False))  # NaN of a column that is constant
    np.fill_diagonal(correlation, 1)
    values, vectors = np.linalg.eigh(correlation)
    drawn = random.standard_normal((count, len(values))) @ (vectors * np.sqrt(np.maximum(values, 0))).T
    places = (ndtr(drawn) * len(examples)).astype(np.int64)
    return np.take_along_axis(np.sort(examples, axis=0), np.minimum(places, len(examples) - 1), axis=0)


def arms_of(real, outcomes, majority, seed):
    """Of each arm the rows, outcomes and weights of one model for both groups, or of one for each: minority, majority."""
    import numpy as np
    from imblearn.over_sampling import SMOTE
    few = slice(majority, None)
    yield [(real, outcomes, None)] * 2
    weights = np.ones(len(real))
    weights[few] = majority / (len(real) - majority)
    yield [(real, outcomes, weights)] * 2
    yield [(real[few], outcomes[few], None), (real[:majority], outcomes[:majority], None)]

    def larger(made):
        # The last columns are the outcomes: 0 and 1, and between them where a row was interpolated.
        rows = np.column_stack([made[:, :features], np.full(len(made), real[-1, -1])])
        return [(np.vstack([real, rows]), np.vstack([outcomes, made[:, features:] > 0.5]), None)] * 2

    features = real.shape[1] - 1
    both = np.column_stack([real[:, :features], outcomes])
    is_minority = np.arange(len(real)) >= majority
    yield larger(SMOTE(random_state=seed).fit_resample(both, is_minority)[0][len(real):])
    random = np.random.default_rng(seed)
    missing = 2 * majority - len(real)
    yield larger(copula(both[few], missing, random))
    yield larger(copula(both, missing, random))


def run_repeat(study, minority, number, solver, tolerance, arms=None):
    """The scores of one repeat of one group: arm, outcome, and the four of the two parts."""
    import numpy as np
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import average_precision_score, roc_auc_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    train = study.draws[minority, number]
    rows = study.rows_of(train, minority)
    scale = make_pipeline(SimpleImputer(strategy="median", copy=False), StandardScaler(copy=False)).fit(rows)
    models = []

    def fit(rows, labels, weights):
        """The place of a model; None where a class is missing."""
        if labels.min() == labels.max():
            return None
        models.append(LogisticRegression(C=1 / study.ridge, solver=solver, tol=tolerance, max_iter=1000).fit(rows, labels, sample_weight=weights))
        return len(models) - 1

    fits = []
    seed = minority * study.repeats + number
    for parts in itertools.islice(arms_of(scale.transform(rows), study.outcomes[train], study.majority, seed), arms):
        of_part = [[fit(rows, labels, weights) for labels in outcomes.T] for rows, outcomes, weights in (parts[:1] if parts[0] is parts[1] else parts)]
        fits.append(list(zip(of_part[0], of_part[-1])))

    judged = np.flatnonzero(((study.groups == 0) | (study.groups == minority + 1)) & ~np.isin(study.patients, study.patients[train]))
    weights = np.vstack([model.coef_ for model in models])
    intercepts = np.vstack([model.intercept_ for model in models])
    log_odds = weights @ scale.transform(study.rows_of(judged, minority)).T + intercepts
    parts = [np.flatnonzero(study.groups[judged] == group) for group in (minority + 1, 0)]
    parts = [(part, study.outcomes[judged[part]].T) for part in parts]
    scores = np.full((len(fits), study.outcomes.shape[1], 4), np.nan)
    for arm, of_arm in enumerate(fits):
        for outcome, of_outcome in enumerate(of_arm):
            for place, (model, (part, labels)) in enumerate(zip(of_outcome, parts)):
                truth = labels[outcome]
                if model is None or truth.min() == truth.max():
                    continue
                of_model = log_odds[model][part]
                scores[arm, outcome, 2 * place:2 * place + 2] = roc_auc_score(truth, of_model), average_precision_score(truth, of_model)
    return scores


STUDY = None


def in_child(task):
    return run_repeat(STUDY, *task)


def limit_threads():
    import threadpoolctl
    threadpoolctl.threadpool_limits(1)


def agrees(found, expected, tolerance):
    """To a tenth of the tolerance, so that repeats that are not tried agree as well, but for some scores where rows that nearly tie change places."""
    import numpy as np
    differences = np.where(np.isnan(found) & np.isnan(expected), 0, np.abs(found - expected))
    return np.mean(~(differences <= tolerance / 10)) <= 0.05 and np.max(differences) <= 10 * tolerance


def study(library, folder, threads, tolerance):
    import numpy as np
    global STUDY
    STUDY = asked = Study(folder)
    shape = (asked.minorities, asked.studyRepeats, -1, asked.outcomes.shape[1], 4)
    expected = load(folder, "expected")[0].reshape(shape)[:, 0, :ARMS_WITHOUT_CHANCE]
    # Children share the rows, and are there before anything has started threads.
    pool = multiprocessing.get_context("fork").Pool(threads, limit_threads)
    atexit.register(pool.terminate)
    ways = {
        f"{threads} processes": lambda tasks: pool.map(in_child, tasks, chunksize=1),
        f"BLAS on {threads} threads": lambda tasks: list(map(in_child, tasks)),
    }

    def seconds_of(way, tasks):
        start = time.perf_counter()
        return np.array(ways[way](tasks)), time.perf_counter() - start

    first, tried = next(iter(ways)), {}
    few = [(minority, 0) for minority in range(asked.minorities)]
    seconds_of(first, [(*task, SOLVERS[0], TOLERANCES[0]) for task in few])  # Loads what is loaded late.
    for solver, stop in itertools.product(SOLVERS, TOLERANCES):
        if any(solver == before for before, _ in tried):
            continue
        found, seconds = seconds_of(first, [(*task, solver, stop, ARMS_WITHOUT_CHANCE) for task in few])
        if agrees(found, expected, float(tolerance)):
            tried[solver, stop] = seconds
    if not tried:
        raise SystemExit("no solver reaches the engine's scores")
    solver, stop = min(tried, key=tried.get)
    by_way = {way: seconds_of(way, [(*task, solver, stop) for task in few])[1] for way in ways}
    way = min(by_way, key=by_way.get)
    tasks = [(minority, number, solver, stop) for minority in range(asked.minorities) for number in range(asked.repeats)]
    tries = [f"{one}, tol {stop:g}: {seconds:.3g} s" for (one, stop), seconds in tried.items()] + [f"{one}: {seconds:.3g} s" for one, seconds in by_way.items()]
    scale = asked.studyRepeats / asked.repeats
    note = f"{asked.repeats} of {asked.studyRepeats} repeats run, seconds times {scale:g}; {solver}, tol {stop:g}, {way} (tried: {'; '.join(tries)})"
    return Work(lambda clock: ways[way](tasks), lambda found: np.array(found, dtype=np.float64).ravel(), note, scale, children=True)


if __name__ == "__main__":
    main(("numpy", "scipy", "sklearn", "imblearn"), study=study)
