"""What is read in place, and what is copied with a warning."""

from __future__ import annotations

import unittest
import warnings

import numpy as np

from engine import DataConversionWarning, NearestNeighbors
from engine._arrays import as_masks, as_matrix

from .support import table


class AsMatrixTests(unittest.TestCase):
    def test_float32_rows_are_the_array_itself(self) -> None:
        X = table(20, 8)
        frozen = X.copy()
        frozen.setflags(write=False)
        for rows in (X, X[3:9], X[::2], X[:, 2:5], X[:, 3:4], X[5:6, ::2][:, :1], frozen):
            with self.subTest(shape=rows.shape, strides=rows.strides), warnings.catch_warnings():
                warnings.simplefilter("error")
                self.assertIs(as_matrix(rows), rows)

    def test_everything_else_is_copied_once_with_a_warning(self) -> None:
        X = table(20, 8)
        unaligned = np.frombuffer(b"\0" + X.tobytes(), dtype=np.uint8)[1:].view(np.float32).reshape(X.shape)
        for rows in (X.astype(np.float64), X.T, X[::-1], X[:, ::2], X.astype(">f4"), np.broadcast_to(X[:1], (5, 8)), unaligned, X.tolist(), (X * 9).astype(int)):
            with self.subTest(kind=getattr(rows, "dtype", list)):
                with self.assertWarns(DataConversionWarning) as caught:
                    copy = as_matrix(rows)
                np.testing.assert_array_equal(copy, np.asarray(rows, dtype=np.float32))
                self.assertEqual(caught.filename, __file__)

    def test_the_warning_can_be_made_an_error(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("error", DataConversionWarning)
            with self.assertRaises(DataConversionWarning):
                NearestNeighbors().fit(np.zeros((9, 2)))

    def test_what_float32_cannot_hold_is_named(self) -> None:
        X = np.zeros((4, 3))
        X[2, 1] = 1e300
        with self.assertWarns(DataConversionWarning), self.assertRaisesRegex(ValueError, r"1e\+300 at row 2, column 1"):
            as_matrix(X)

    def test_what_is_no_table_is_refused(self) -> None:
        for wrong in (np.zeros(3), np.zeros((0, 3)), np.zeros((3, 0)), np.zeros((2, 2, 2)), np.zeros((2, 2), dtype=complex)):
            with self.subTest(shape=wrong.shape), self.assertRaises(ValueError):
                as_matrix(wrong)


class AsMasksTests(unittest.TestCase):
    def test_groups_by_row_and_by_mask_are_the_same(self) -> None:
        names, masks = as_masks(["b", "a", None, "b", float("nan")], 5)
        self.assertEqual(names, ["b", "a"])
        np.testing.assert_array_equal(masks, [[1, 0, 0, 1, 0], [0, 1, 0, 0, 0]])
        np.testing.assert_array_equal(as_masks({"b": masks[0] == 1, "a": masks[1]}, 5)[1], masks)

    def test_wrong_lengths_are_refused(self) -> None:
        for groups in (["a"], {"a": [True]}, {}, [None, None]):
            with self.subTest(groups=groups), self.assertRaises(ValueError):
                as_masks(groups, 2)


if __name__ == "__main__":
    unittest.main()
