"""Runs imbalanced-learn's samplers; see rivals.py.

  resampling_rivals.py sample imbalanced-learn FOLDER REPEATS MAX_SECONDS THREADS METHOD

FOLDER has samples.npy and labels.npy. Found, as int64, is what tells that the result is the same:
nearmiss-1, nearmiss-3: the rows kept, ascending; adasyn: how many rows are made from each minority row;
smote: for each minority row its neighbors, as places among the minority rows.
"""
from rivals import WARM_UP_ROWS, Work, load, main


def near_miss(version):
    from imblearn.under_sampling import NearMiss

    def run(samples, labels):
        sampler = NearMiss(version=version)
        resampled = sampler.fit_resample(samples, labels)
        return resampled, lambda: sorted(sampler.sample_indices_)

    return run


def smote():
    from imblearn.over_sampling import SMOTE
    listed = []

    class Listening(SMOTE):
        """SMOTE that keeps the list of neighbors that it draws from."""

        def _make_samples(self, X, y_dtype, y_type, nn_data, nn_num, *others, **named):
            listed[:] = [nn_num]
            return super()._make_samples(X, y_dtype, y_type, nn_data, nn_num, *others, **named)

    def run(samples, labels):
        return Listening(random_state=0).fit_resample(samples, labels), lambda: listed[0].ravel()

    return run


def adasyn():
    import numpy as np
    from imblearn.over_sampling import ADASYN
    repeat = np.repeat
    counts = []

    def listening(values, repeats, *others, **named):
        """numpy.repeat, by which ADASYN repeats the place of each base row as often as it makes a row from it."""
        if np.ndim(repeats) == 1 and np.size(repeats) == np.size(values):
            counts[:] = [np.array(repeats)]
        return repeat(values, repeats, *others, **named)

    def run(samples, labels):
        np.repeat = listening
        try:
            return ADASYN(random_state=0).fit_resample(samples, labels), lambda: counts[0]
        finally:
            np.repeat = repeat

    return run


METHODS = {"smote": smote, "adasyn": adasyn, "nearmiss-1": lambda: near_miss(1), "nearmiss-3": lambda: near_miss(3)}


def warm_up(run, samples, labels):
    """Starts threads and loads what is loaded late."""
    import numpy as np
    few = np.concatenate([np.flatnonzero(labels == 1)[:WARM_UP_ROWS // 4], np.flatnonzero(labels == 0)[:WARM_UP_ROWS]])
    try:
        run(samples[few], labels[few])
    except (RuntimeError, ValueError):
        pass  # A few rows may lack what the method needs.


def sample(library, folder, threads, method):
    import numpy as np
    run = METHODS[method]()
    samples, labels = load(folder, "samples", "labels")
    warm_up(run, samples, labels)
    return Work(lambda clock: run(samples, labels), lambda result: np.asarray(result[1](), dtype=np.int64))


if __name__ == "__main__":
    main(("numpy", "scipy", "sklearn", "imblearn"), sample=sample)
