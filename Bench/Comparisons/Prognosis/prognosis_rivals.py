"""Fits logistic regressions and computes metrics; see rivals.py.

  prognosis_rivals.py fit statsmodels|scikit-learn FOLDER REPEATS MAX_SECONDS THREADS TOLERANCE
  prognosis_rivals.py metrics scikit-learn FOLDER REPEATS MAX_SECONDS THREADS TOLERANCE

FOLDER has labels.npy, samples.npy or scores.npy, and expected.npy with the engine's numbers, to choose a solver by.
Found are coefficients, intercept first, and the deviance; or metrics.
"""
import time

from rivals import WARM_UP_ROWS, Work, load, main

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

    def run(clock):
        return sm.GLM(outcomes, design, family=sm.families.Binomial()).fit()

    return Work(run, lambda fit: np.append(fit.params, fit.deviance))


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
        return lambda clock, rows=slice(None): LogisticRegression(penalty=no_penalty, solver=solver, tol=stop, max_iter=1000).fit(values[rows], labels[rows])

    fastest, tried = None, []
    for solver, values in (("newton-cholesky", doubles), ("newton-cholesky", samples), ("lbfgs", doubles)):
        way = f"{solver}, {values.dtype}"
        runner(solver, values, TOLERANCES[0])(None, slice(0, WARM_UP_ROWS))
        for stop in TOLERANCES:
            run = runner(solver, values, stop)
            start = time.perf_counter()
            fit = run(None)
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
    return Work(fastest[1], numbers, f"{fastest[2]} (tried once: {'; '.join(tried)})")


def fit(library, folder, threads, tolerance):
    samples, labels, expected = load(folder, "samples", "labels", "expected")
    return {"statsmodels": fit_statsmodels, "scikit-learn": fit_sklearn}[library](samples, labels, expected, float(tolerance))


def metrics(library, folder, threads, tolerance):
    import numpy as np
    from sklearn.metrics import average_precision_score, balanced_accuracy_score, precision_recall_fscore_support, roc_auc_score
    scores, labels = load(folder, "scores", "labels")
    scores = scores.ravel()

    def run(clock):
        predicted = (scores >= np.float32(0.5)).astype(labels.dtype)
        by_class = precision_recall_fscore_support(labels, predicted, labels=[0, 1])[:3]
        return [roc_auc_score(labels, scores), average_precision_score(labels, scores), balanced_accuracy_score(labels, predicted), *np.concatenate(by_class)]

    run(None)
    return Work(run, lambda found: np.asarray(found, dtype=np.float64))


if __name__ == "__main__":
    main(("numpy", "scipy", "sklearn", "statsmodels"), fit=fit, metrics=metrics)
