"""Runs one library's nearest neighbor search and times it.

  neighbor_rivals.py versions
  neighbor_rivals.py search LIBRARY METRIC REFERENCE.npy QUERIES.npy K THREADS REPEATS MAX_SECONDS FOUND.npy

Prints one line of JSON: seconds of every repetition, and how far the process grew while it fitted and searched.
Writes the rows found, queries x k, as int64. Exit code 3: a package is missing.
"""
import json
import sys
import time

from rivals import WARM_UP_ROWS, begin_peak, blas_of, growth_since, main, versions_of

WARM_UP_QUERIES = 200
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


LIBRARIES = {"faiss": faiss_flat, "scikit-learn": sklearn_brute, "cKDTree": scipy_tree, "torch": torch_cdist}


def search(library, metric, reference_path, queries_path, k, threads, repeats, max_seconds, found_path):
    import numpy as np
    build, find = LIBRARIES[library](metric, int(k), int(threads))
    reference, queries = np.load(reference_path), np.load(queries_path)
    # Starts threads and loads what is loaded late.
    find(build(reference[:WARM_UP_ROWS].copy()), queries[:WARM_UP_QUERIES].copy())

    before = begin_peak()
    build_seconds, search_seconds = [], []
    while not build_seconds or (len(build_seconds) < int(repeats) and sum(build_seconds) + sum(search_seconds) < float(max_seconds)):
        index = found = None
        start = time.perf_counter()
        index = build(reference)
        built = time.perf_counter()
        found = find(index, queries)
        end = time.perf_counter()
        build_seconds.append(built - start)
        search_seconds.append(end - built)
    growth = growth_since(before)
    np.save(found_path, np.ascontiguousarray(found, dtype=np.int64))
    print(json.dumps({"build": build_seconds, "search": search_seconds, "peakGrowthBytes": growth}))


def with_compile_options(package, module):
    options = {"faiss compile options": module.get_compile_options().strip()} if package == "faiss" else {}
    return {**options, package + " threads and BLAS": blas_of(package)}


if __name__ == "__main__":
    main({"versions": lambda: versions_of(("numpy", "scipy", "sklearn", "faiss", "torch"), with_compile_options), "search": search})
