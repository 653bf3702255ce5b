"""Runs imbalanced-learn's samplers and times them.

  resampling_rivals.py versions
  resampling_rivals.py sample METHOD SAMPLES.npy LABELS.npy REPEATS MAX_SECONDS FOUND.npy

Prints one line of JSON: seconds of every repetition, and how far the process grew while it resampled.
Writes as int64 what tells that the result is the same:
nearmiss1, nearmiss3: the rows kept, ascending; adasyn: how many rows are made from each minority row;
smote: for each minority row its neighbors, as places among the minority rows.
Exit code 3: a package is missing.
"""
import json

from rivals import WARM_UP_ROWS, main, repeat, versions_of


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


METHODS = {"smote": smote, "adasyn": adasyn, "nearmiss1": lambda: near_miss(1), "nearmiss3": lambda: near_miss(3)}


def warm_up(run, samples, labels):
    """Starts threads and loads what is loaded late."""
    import numpy as np
    few = np.concatenate([np.flatnonzero(labels == 1)[:WARM_UP_ROWS // 4], np.flatnonzero(labels == 0)[:WARM_UP_ROWS]])
    try:
        run(samples[few], labels[few])
    except (RuntimeError, ValueError):
        pass  # A few rows may lack what the method needs.


def sample(method, samples_path, labels_path, repeats, max_seconds, found_path):
    import numpy as np
    run = METHODS[method]()
    samples, labels = np.load(samples_path), np.load(labels_path)
    warm_up(run, samples, labels)

    (_, found), seconds, growth = repeat(lambda: run(samples, labels), repeats, max_seconds)
    np.save(found_path, np.ascontiguousarray(found(), dtype=np.int64))
    print(json.dumps({"seconds": seconds, "peakGrowthBytes": growth}))


if __name__ == "__main__":
    main({"versions": lambda: versions_of(("numpy", "scipy", "sklearn", "imblearn")), "sample": sample})
