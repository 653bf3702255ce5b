"""Errors, lifetimes, threads, and Ctrl-C."""

from __future__ import annotations

import copy
import gc
import os
import pickle
import signal
import sys
import tempfile
import threading
import time
import unittest
import weakref
from ctypes import c_int64
from typing import Callable, List

import numpy as np

from engine import LogisticRegression, NearestNeighbors, SMOTE, double_prioritized_search
from engine._native import Handle, Matrix, call, open_handle_count

from .support import PATIENCE, outcomes, start, table


class ErrorTests(unittest.TestCase):
    def test_an_exception_of_the_engine_has_its_message(self) -> None:
        X = table(30, 3)
        X[7, 2] = np.nan
        with self.assertRaisesRegex(ValueError, r"^reference holds NaN at row 7, column 2; impute or drop missing values first, every value must be finite\."):
            NearestNeighbors().fit(X)

    def test_a_class_that_is_too_small_is_told_with_the_way_out(self) -> None:
        X = table(30, 3)
        y = np.arange(30) < 4
        with self.assertRaisesRegex(ValueError, r"class 1 has 4 rows; k = 5 needs at least 6; lower NeighborCount"):
            SMOTE().fit_resample(X, y)

    def test_more_memory_than_there_is_is_a_memory_error(self) -> None:
        process = start(
            """
            import numpy, engine
            try:
                engine.LogisticRegression().fit(numpy.eye(3, 6000, dtype='f4'), [0, 1, 1])
            except MemoryError as error:
                print('MemoryError', error)
            """,
            # 128 MB in hexadecimal; the information takes 288.
            DOTNET_GCHeapHardLimit="8000000",
        )
        output, error = process.communicate(timeout=PATIENCE)
        self.assertEqual(error, "")
        self.assertTrue(output.startswith("MemoryError "), output)

    def test_a_long_message_is_cut(self) -> None:
        with self.assertRaises(ValueError) as caught:
            X, y = table(9, 2), np.arange(9) % 2
            double_prioritized_search(X, y, y == 1, X, y, y >= 0, units=[7] * 5000)
        self.assertGreater(len(str(caught.exception)), 4000)

    def test_a_missing_library_is_named(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            process = start("import engine, numpy; engine.NearestNeighbors().fit(numpy.zeros((2, 2), dtype='f4'))", ENGINE_LIBRARY=folder)
            _, error = process.communicate(timeout=PATIENCE)
        self.assertIn("EngineError: there is no Engine.dll in", error)
        self.assertIn("dotnet build Engine -c Release", error)

    @unittest.skipUnless(hasattr(os, "fork"), "this system does not fork")
    def test_a_fork_is_refused_and_does_not_hang(self) -> None:
        process = start(
            """
            import os, sys, numpy, engine
            search = engine.NearestNeighbors(n_neighbors=1).fit(numpy.eye(3, dtype='f4'))
            child = os.fork()
            if child == 0:
                try:
                    search.kneighbors()
                except engine.EngineError as error:
                    print(error, flush=True)
                del search
                os._exit(3)
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), search.kneighbors()[1].ravel().tolist())
            """
        )
        output, error = process.communicate(timeout=PATIENCE)
        self.assertEqual(error, "")
        self.assertIn("does not live on in a fork", output)
        self.assertIn("3 [1, 0, 0]", output)


class LifetimeTests(unittest.TestCase):
    def test_rows_live_as_long_as_the_search_that_reads_them(self) -> None:
        X = table(3000, 16)
        queries, expected = X[:50].copy(), NearestNeighbors().fit(X.copy()).kneighbors(X[:50])
        gone = weakref.ref(X)
        search = NearestNeighbors().fit(X)
        # Nobody but the engine has them now.
        handle = search._search
        del X, search
        gc.collect()
        self.assertIsNotNone(gone())
        others = [np.full((3000, 16), 7, dtype=np.float32) for _ in range(20)]
        indices, distances = np.empty((50, 5), dtype=np.int64), np.empty((50, 5), dtype=np.float32)
        call("NeighborEntries.Search", handle, Matrix.of(queries), 5, indices, distances)
        np.testing.assert_array_equal(indices, expected[1])
        np.testing.assert_array_equal(distances, expected[0])
        del handle, others
        gc.collect()
        self.assertIsNone(gone())

    def test_every_handle_is_closed(self) -> None:
        gc.collect()
        before = open_handle_count()
        X = table(200, 4)
        search = NearestNeighbors().fit(X)
        self.assertEqual(open_handle_count(), before + 1)
        search.fit(X[:100])
        self.assertEqual(open_handle_count(), before + 1)
        SMOTE().fit_resample(X, outcomes(X))
        with self.assertRaises(ValueError):
            search.kneighbors(X * np.nan)
        self.assertEqual(open_handle_count(), before + 1)
        del search
        gc.collect()
        self.assertEqual(open_handle_count(), before)

    def test_a_closed_handle_is_an_error_and_never_something_else(self) -> None:
        number = c_int64()
        call("NeighborEntries.Build", Matrix.of(table(20, 3)), 1, number)
        handle = Handle(number.value)
        handle.close()
        handle.close()
        NearestNeighbors().fit(table(20, 3))
        with self.assertRaisesRegex(ValueError, "has been disposed"):
            call("NeighborEntries.Search", handle, None, 1, np.empty((20, 1), dtype=np.int64), np.empty((20, 1), dtype=np.float32))
        with self.assertRaisesRegex(ValueError, "has been disposed"):
            call("HandleEntries.Cancel", 10**9)

    def test_a_closed_or_copied_search_is_prepared_again(self) -> None:
        X = table(200, 4)
        search = NearestNeighbors().fit(X)
        expected = search.kneighbors()[1]
        for other in (pickle.loads(pickle.dumps(search)), copy.copy(search), copy.deepcopy(search)):
            np.testing.assert_array_equal(other.kneighbors()[1], expected)
        search.close()
        np.testing.assert_array_equal(search.kneighbors()[1], expected)


class ThreadTests(unittest.TestCase):
    def test_other_threads_go_on_while_the_engine_works(self) -> None:
        search = NearestNeighbors(n_jobs=1).fit(table(12000, 76))
        # From this thread, which waits for another one, and from one that waits for the engine itself.
        for name, run in (("main", search.kneighbors), ("other", lambda: _in_thread(search.kneighbors))):
            with self.subTest(thread=name):
                ticks: List[float] = []
                done = threading.Event()

                def tick() -> None:
                    while not done.wait(0.001):
                        ticks.append(time.perf_counter())

                ticker = threading.Thread(target=tick)
                ticker.start()
                began = time.perf_counter()
                run()
                ended = time.perf_counter()
                done.set()
                ticker.join()
                quarter = (ended - began) / 4
                self.assertTrue([moment for moment in ticks if began + quarter < moment < ended - quarter])

    def test_threads_search_side_by_side(self) -> None:
        X = table(2000, 16)
        search = NearestNeighbors().fit(X)
        expected = search.kneighbors(X[:100])[1]
        found: List[np.ndarray] = []
        threads = [threading.Thread(target=lambda: found.append(search.kneighbors(X[:100])[1])) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(found), 8)
        for indices in found:
            np.testing.assert_array_equal(indices, expected)


class InterruptTests(unittest.TestCase):
    # Each takes minutes when nothing stops it.
    WORK = {
        "neighbors": "engine.NearestNeighbors(metric='manhattan').fit(random((150_000, 500), dtype='f4')).kneighbors",
        "logistic": "lambda X=random((600_000, 400), dtype='f4'): [engine.LogisticRegression().fit(X, X[:, 0] + X[:, 1] > 1.1 + X[:, 2] / 9) for _ in range(100)]",
    }

    @unittest.skipIf(sys.platform == "win32", "Ctrl-C is sent another way there")
    def test_ctrl_c_ends_a_long_call_and_the_engine_works_on(self) -> None:
        for name, work in self.WORK.items():
            with self.subTest(work=name):
                process = start(
                    f"""
                    import numpy, engine, signal, warnings
                    # Where a parent ignores Ctrl-C, as a job in the background does, Python does so too unless it is told.
                    signal.signal(signal.SIGINT, signal.default_int_handler)
                    warnings.simplefilter('ignore', engine.ConvergenceWarning)
                    random = numpy.random.default_rng(1).random
                    work = {work}
                    print('working', flush=True)
                    try:
                        work()
                        print('it ended by itself')
                    except KeyboardInterrupt:
                        print('interrupted')
                    print(engine.NearestNeighbors(n_neighbors=1).fit(numpy.eye(3, dtype='f4')).kneighbors()[1].ravel().tolist(), engine._native.open_handle_count())
                    """
                )
                assert process.stdout is not None
                self.assertEqual(process.stdout.readline(), "working\n")
                # Long enough to be inside the engine.
                threading.Event().wait(1.5)
                process.send_signal(signal.SIGINT)
                output, error = process.communicate(timeout=PATIENCE)
                self.assertEqual(error, "")
                self.assertTrue(output.startswith("interrupted\n[1, 0, 0]"), output)


def _in_thread(work: Callable[[], object]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


if __name__ == "__main__":
    unittest.main()
