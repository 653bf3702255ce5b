"""Neighbors against a plain computation."""

from __future__ import annotations

import unittest

import numpy as np

from engine import NearestNeighbors, NotFittedError, nearest_real_sample

from .support import table


def brute_force(queries: np.ndarray, rows: np.ndarray, metric: str) -> np.ndarray:
    differences = queries[:, None, :].astype(np.float64) - rows[None, :, :]
    if metric == "manhattan":
        return np.abs(differences).sum(axis=2)
    squares = (differences**2).sum(axis=2)
    return squares if metric == "sqeuclidean" else np.sqrt(squares)


class NearestNeighborsTests(unittest.TestCase):
    def test_neighbors_are_those_of_every_distance(self) -> None:
        rows, queries = table(400, 9, seed=1), table(60, 9, seed=2)
        for metric in ("euclidean", "manhattan", "sqeuclidean"):
            with self.subTest(metric=metric):
                every = brute_force(queries, rows, metric)
                distances, indices = NearestNeighbors(7, metric=metric).fit(rows).kneighbors(queries)
                np.testing.assert_array_equal(indices, np.argsort(every, axis=1, kind="stable")[:, :7])
                np.testing.assert_allclose(distances, np.sort(every, axis=1)[:, :7], rtol=1e-6)
                self.assertEqual((distances.dtype, indices.dtype), (np.float32, np.int64))

    def test_rows_within_a_distance_are_those_of_every_distance(self) -> None:
        rows, queries = table(400, 6, seed=1), table(60, 6, seed=2)
        queries[5] += 100
        for metric, radius in (("euclidean", 0.5), ("manhattan", 1.1), ("sqeuclidean", 0.25)):
            with self.subTest(metric=metric):
                every = brute_force(queries, rows, metric)
                search = NearestNeighbors(radius=radius, metric=metric).fit(rows)
                distances, indices = search.radius_neighbors(queries)
                self.assertEqual((indices.shape, indices[5].tolist(), distances[5].dtype), ((60,), [], np.float32))
                self.assertGreater(sum(map(len, indices)), 100)
                for query, (far, found) in enumerate(zip(distances, indices)):
                    expected = np.argsort(every[query], kind="stable")
                    np.testing.assert_array_equal(found, expected[every[query][expected] <= radius])
                    np.testing.assert_allclose(far, every[query][found], rtol=1e-6)
                among = search.radius_neighbors(return_distance=False)
                self.assertFalse(any(row in found for row, found in enumerate(among)))
                self.assertEqual(sum(map(len, among)), (brute_force(rows, rows, metric) <= radius).sum() - 400)
        self.assertEqual([len(found) for found in search.radius_neighbors(rows[:3], radius=1e9, return_distance=False)], [400] * 3)
        with self.assertRaisesRegex(ValueError, "radius is -1"):
            search.radius_neighbors(queries, radius=-1)

    def test_ties_go_to_the_lower_row_and_no_row_finds_itself(self) -> None:
        rows = np.zeros((5, 2), dtype=np.float32)
        indices = NearestNeighbors(3).fit(rows).kneighbors(return_distance=False)
        self.assertEqual(indices.tolist(), [[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2], [0, 1, 2]])
        self.assertEqual(NearestNeighbors(1).fit(rows).kneighbors(rows, return_distance=False).ravel().tolist(), [0] * 5)

    def test_rows_at_any_distance_give_the_same_bits(self) -> None:
        wide = table(500, 40)
        for columns in (slice(3, 36), slice(0, 16), slice(5, 6)):
            apart, together = wide[:, columns], wide[:, columns].copy()
            with self.subTest(columns=columns):
                expected = NearestNeighbors().fit(together).kneighbors()
                for fitted, queries in ((apart, None), (apart, together), (together, apart), (wide[::2, columns], apart), (together[::2], together)):
                    found = NearestNeighbors().fit(fitted).kneighbors(queries)
                    if queries is None:
                        np.testing.assert_array_equal(found[0], expected[0])
                        np.testing.assert_array_equal(found[1], expected[1])
                    else:
                        last = found
                np.testing.assert_array_equal(NearestNeighbors().fit(wide[::2, columns]).kneighbors(apart)[1], last[1])

    def test_the_number_of_threads_changes_nothing(self) -> None:
        rows = table(3000, 20)
        one, many = (NearestNeighbors(n_jobs=jobs).fit(rows).kneighbors() for jobs in (1, 3))
        np.testing.assert_array_equal(one[0], many[0])
        np.testing.assert_array_equal(one[1], many[1])

    def test_what_cannot_be_is_told(self) -> None:
        rows = table(10, 3)
        with self.assertRaises(NotFittedError):
            NearestNeighbors().kneighbors()
        with self.assertRaisesRegex(ValueError, "'cosine'; allowed is"):
            NearestNeighbors(metric="cosine").fit(rows)
        search = NearestNeighbors().fit(rows)
        with self.assertRaisesRegex(ValueError, "allowed is 1 to 9"):
            search.kneighbors(n_neighbors=10)
        with self.assertRaisesRegex(ValueError, "X has 2 features, but NearestNeighbors is expecting 3"):
            search.kneighbors(rows[:, :2])
        with self.assertRaisesRegex(ValueError, "MaxDegreeOfParallelism is 0"):
            NearestNeighbors(n_jobs=0).fit(rows)


class NearestRealSampleTests(unittest.TestCase):
    def test_each_group_has_its_own_closest_row(self) -> None:
        real, made = table(80, 6, seed=3), table(15, 6, seed=4)
        groups = np.array([("a", "b", None)[row % 3] for row in range(80)], dtype=object)
        closest = nearest_real_sample(made, real, groups)
        self.assertEqual(closest.groups, ("a", "b"))
        every = brute_force(made, real, "manhattan")
        for column, name in enumerate(closest.groups):
            members = np.flatnonzero(groups == name)
            np.testing.assert_array_equal(closest.indices[:, column], members[every[:, members].argmin(axis=1)])
            np.testing.assert_allclose(closest.distances[:, column], every[:, members].min(axis=1), rtol=1e-6)

    def test_without_groups_all_rows_are_one(self) -> None:
        real = table(30, 4)
        closest = nearest_real_sample(real, real)
        self.assertEqual((closest.groups, closest.indices.ravel().tolist(), closest.distances.sum()), (("all",), list(range(30)), 0))

    def test_an_empty_group_is_left_out(self) -> None:
        real = table(30, 4)
        self.assertEqual(nearest_real_sample(real, real, {"none": np.zeros(30), "all": np.ones(30)}).groups, ("all",))
        with self.assertRaisesRegex(ValueError, "no group has a row"):
            nearest_real_sample(real, real, {"none": np.zeros(30)})


if __name__ == "__main__":
    unittest.main()
