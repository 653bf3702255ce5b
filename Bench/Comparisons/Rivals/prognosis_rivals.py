"""Fits logistic regressions and computes metrics with Python's libraries, and times them.

  prognosis_rivals.py versions
  prognosis_rivals.py fit statsmodels|scikit-learn FOLDER REPEATS MAX_SECONDS TOLERANCE
  prognosis_rivals.py metrics scikit-learn FOLDER REPEATS MAX_SECONDS TOLERANCE

FOLDER has labels.npy, samples.npy or scores.npy, and expected.npy with the engine's numbers, to choose a solver by.
Writes FOLDER/found.npy: coefficients, intercept first, and the deviance; or metrics.
Prints one line of JSON: seconds of every repetition, how far the process grew meanwhile, what was chosen.
Exit code 3: a package is missing.
"""
import json
import os
import time

from rivals import WARM_UP_ROWS, main, repeat, versions_of

TOLERANCES = (1e-4, 1e-6, 1e-8, 1e-10)


def deviance(samples, labels, coefficients):
    import numpy as np
    predictor = samples @ coefficients[1:] + coefficients[0]
    return 2 * float(np.sum(np.logaddexp(0, predictor) - labels * predictor))


def agrees(found, expected, tolerance):
    import numpy as np
    return bool(np.all(np.abs(found - expected) <= tolerance * np.maximum(1, np.abs(expected))))


def fit_statsmodels(samples, labels, expected, tolerance):
    import numpy as np
    import statsmodels.api as sm
    design = sm.add_constant(samples.astype(np.float64), has_constant="add")
    outcomes = labels.astype(np.float64)
    sm.GLM(outcomes[:WARM_UP_ROWS], design[:WARM_UP_ROWS], family=sm.families.Binomial()).fit()

    def run():
        return sm.GLM(outcomes, design, family=sm.families.Binomial()).fit()

    return run, lambda fit: np.append(fit.params, fit.deviance), None


def fit_sklearn(samples, labels, expected, tolerance):
    """Of each solver, with float32 and float64 columns, the loosest tolerance that reaches the optimum; of these the fastest."""
    import numpy as np
    import sklearn
    from sklearn.linear_model import LogisticRegression
    doubles = samples.astype(np.float64)
    # The name of no penalty changed in 1.2.
    no_penalty = "none" if tuple(map(int, sklearn.__version__.split(".")[:2])) < (1, 2) else None

    def numbers(fit):
        coefficients = np.append(fit.intercept_, fit.coef_).astype(np.float64)
        return np.append(coefficients, deviance(doubles, labels, coefficients))

    def runner(solver, values, stop):
        return lambda rows=slice(None): LogisticRegression(penalty=no_penalty, solver=solver, tol=stop, max_iter=1000).fit(values[rows], labels[rows])

    fastest, tried = None, []
    for solver, values in (("newton-cholesky", doubles), ("newton-cholesky", samples), ("lbfgs", doubles)):
        way = f"{solver}, {values.dtype}"
        runner(solver, values, TOLERANCES[0])(slice(0, WARM_UP_ROWS))
        for stop in TOLERANCES:
            run = runner(solver, values, stop)
            start = time.perf_counter()
            fit = run()
            seconds = time.perf_counter() - start
            if agrees(numbers(fit), expected, tolerance):
                tried.append(f"{way}, tol {stop:g}: {seconds:.3g} s")
                if fastest is None or seconds < fastest[0]:
                    fastest = (seconds, run, f"{way}, tol {stop:g}")
                break
        else:
            tried.append(f"{way}: not the optimum")
    if fastest is None:
        raise SystemExit("no solver reaches the optimum: " + "; ".join(tried))
    return fastest[1], numbers, f"{fastest[2]} (tried once: {'; '.join(tried)})"


def fit(name, folder, tolerance):
    import numpy as np
    samples, labels, expected = (np.load(os.path.join(folder, file)) for file in ("samples.npy", "labels.npy", "expected.npy"))
    return {"statsmodels": fit_statsmodels, "scikit-learn": fit_sklearn}[name](samples, labels, expected, tolerance)


def metrics(name, folder, tolerance):
    import numpy as np
    from sklearn.metrics import average_precision_score, balanced_accuracy_score, precision_recall_fscore_support, roc_auc_score
    scores, labels = np.load(os.path.join(folder, "scores.npy")).ravel(), np.load(os.path.join(folder, "labels.npy"))

    def run():
        predicted = (scores >= np.float32(0.5)).astype(labels.dtype)
        by_class = precision_recall_fscore_support(labels, predicted, labels=[0, 1])[:3]
        return [roc_auc_score(labels, scores), average_precision_score(labels, scores), balanced_accuracy_score(labels, predicted), *np.concatenate(by_class)]

    run()
    return run, lambda found: found, None


def measure(task, name, folder, repeats, max_seconds, tolerance):
    import numpy as np
    run, numbers, note = task(name, folder, float(tolerance))
    result, seconds, growth = repeat(run, repeats, max_seconds)
    np.save(os.path.join(folder, "found.npy"), np.ascontiguousarray(numbers(result), dtype=np.float64))
    print(json.dumps({"seconds": seconds, "peakGrowthBytes": growth, "note": note}))


if __name__ == "__main__":
    main({
        "versions": lambda: versions_of(("numpy", "scipy", "sklearn", "statsmodels")),
        "fit": lambda *arguments: measure(fit, *arguments),
        "metrics": lambda *arguments: measure(metrics, *arguments),
    })
