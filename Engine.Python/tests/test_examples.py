"""The example that reads a Parquet file, on a file made here; the one beside scikit-learn is run by itself."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import re
import runpy
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np

from .support import ROOT

try:
    import pandas
except ImportError:
    pandas = None


@unittest.skipIf(pandas is None, "pandas is not installed, by which the example reads its file")
class ParquetExampleTests(unittest.TestCase):
    def test_from_a_file_to_metrics_of_groups(self) -> None:
        random = np.random.default_rng(3)
        stays = pandas.DataFrame(
            {
                "subject_id": np.arange(4000) // 2,
                "age": random.normal(60, 15, 4000),
                "lactate": np.where(random.random(4000) < 0.2, np.nan, random.gamma(2, 1, 4000)),
                "heart_rate": random.normal(90, 20, 4000),
                "race": random.choice(["Black", "White"], 4000, p=[0.2, 0.8]),
            }
        )
        log_odds = 0.05 * (stays["age"] - 60) + 0.04 * (stays["heart_rate"] - 90) - 3
        stays["died"] = random.random(4000) < 1 / (1 + np.exp(-log_odds))
        output = self._run(stays)
        recalls = [[float(recall) for recall in re.findall(r"^(?:Black|White) +[\d.]+ +[\d.]+ +([\d.]+)", part, re.MULTILINE)] for part in re.split(r"^(?:none|SMOTE|undersampling): ", output, flags=re.MULTILINE)[1:]]
        self.assertEqual([len(part) for part in recalls], [2, 2, 2], output)
        self.assertEqual(output.count("converged"), 3)
        # Whatever brings the classes to the same number of rows finds more of the rare one.
        for resampled in recalls[1:]:
            for recall, without in zip(resampled, recalls[0]):
                self.assertGreater(recall, without)

    def _run(self, stays: "pandas.DataFrame") -> str:
        with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as patches:
            file = Path(folder) / "stays.parquet"
            if importlib.util.find_spec("pyarrow") is not None:
                stays.to_parquet(file)
            else:
                # All but the decoding of the file, which is pandas' own work.
                patches.enter_context(mock.patch("pandas.read_parquet", lambda path, columns: stays[columns].copy()))
            patches.enter_context(mock.patch.object(sys, "argv", ["parquet_to_metrics.py", str(file)]))
            output = patches.enter_context(contextlib.redirect_stdout(io.StringIO()))
            runpy.run_path(str(ROOT / "examples" / "parquet_to_metrics.py"))
            return output.getvalue()


if __name__ == "__main__":
    unittest.main()
