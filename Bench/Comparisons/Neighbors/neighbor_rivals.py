"""Searches for nearest neighbors; see rivals.py.

  neighbor_rivals.py search LIBRARY FOLDER REPEATS MAX_SECONDS THREADS METRIC K

FOLDER has reference.npy and queries.npy. Found are the rows, queries x k, as int64; by the engine from Python, queries x 2k: the bits of the distances stand
behind the rows.
"""
import time

from rivals import ENGINE, WARM_UP_ROWS, Work, load, main

WARM_UP_QUERIES = 200
ENGINE_WARM_UP_SECONDS = 2
DISTANCES_AT_A_TIME = 50_000_000


def faiss_flat(metric, k, threads):
    import faiss
    faiss.omp_set_num_threads(threads)

    def build(reference):
        index = faiss.IndexFlat(reference.shape[1], faiss.METRIC_L1) if metric == "l1" else faiss.IndexFlatL2(reference.shape[1])
        index.add(reference)
        return index

    return build, lambda index, queries: index.search(queries, k)[1]


def sklearn_brute(metric, k, threads):
    from sklearn.neighbors import NearestNeighbors

    def build(reference):
        # Threads are those of OpenMP, set by the environment; n_jobs would be threads of another kind.
        return NearestNeighbors(n_neighbors=k, algorithm="brute", metric="manhattan" if metric == "l1" else "euclidean").fit(reference)

    return build, lambda neighbors, queries: neighbors.kneighbors(queries)[1]


def scipy_tree(metric, k, threads):
    from scipy.spatial import cKDTree

    def search(tree, queries):
        return tree.query(queries, k=k, p=1 if metric == "l1" else 2, workers=threads)[1].reshape(len(queries), k)

    return cKDTree, search


def torch_cdist(metric, k, threads):
    import torch
    torch.set_num_threads(threads)

    def search(reference, queries):
        queries = torch.from_numpy(queries)
        chunk = max(1, DISTANCES_AT_A_TIME // len(reference))
        found = []
        for start in range(0, len(queries), chunk):
            distances = torch.cdist(queries[start:start + chunk], reference, p=1.0 if metric == "l1" else 2.0)
            found.append(torch.topk(distances, k, dim=1, largest=False).indices)
        return torch.cat(found).numpy()

    return torch.from_numpy, search


def engine_from_python(metric, k, threads):
    import engine

    def build(reference):
        return engine.NearestNeighbors(n_neighbors=k, metric=metric, n_jobs=threads).fit(reference)

    return build, lambda neighbors, queries: neighbors.kneighbors(queries)


LIBRARIES = {"faiss": faiss_flat, "scikit-learn": sklearn_brute, "cKDTree": scipy_tree, "torch": torch_cdist, ENGINE: engine_from_python}


def as_array(found):
    import numpy as np
    if isinstance(found, tuple):
        distances, rows = found
        return np.hstack((rows, distances.view(np.int32)))
    return np.asarray(found, dtype=np.int64)


def search(library, folder, threads, metric, k):
    build, find = LIBRARIES[library](metric, int(k), threads)
    reference, queries = load(folder, "reference", "queries")
    # Starts threads and loads what is loaded late; the engine compiles its hot methods once more meanwhile, as long as in C#.
    start = time.perf_counter()
    find(build(reference[:WARM_UP_ROWS].copy()), queries[:WARM_UP_QUERIES].copy())
    while library == ENGINE and time.perf_counter() - start < ENGINE_WARM_UP_SECONDS:
        find(build(reference[:WARM_UP_ROWS].copy()), queries[:WARM_UP_QUERIES].copy())

    def run(clock):
        index = build(reference)
        clock.split()
        found = find(index, queries)
        clock.split()
        return found

    return Work(run, as_array)


if __name__ == "__main__":
    main(("numpy", "scipy", "sklearn", "faiss", "torch"), search=search)
