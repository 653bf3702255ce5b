"""What several tests use."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np

# Seconds after which a child hangs, on the busiest machine.
PATIENCE = 1800

ROOT = Path(__file__).resolve().parent.parent


def table(rows: int, columns: int, seed: int = 1) -> np.ndarray:
    """Returns uniform float32 rows."""
    return np.random.default_rng(seed).random((rows, columns), dtype=np.float32)


def outcomes(X: np.ndarray, share: float = 0.25, seed: int = 2) -> np.ndarray:
    """Returns labels of which a share is 1, likelier where the first column is large."""
    scores = X[:, 0] + np.random.default_rng(seed).random(len(X))
    return (scores > np.quantile(scores, 1 - share)).astype(np.int64)


def start(program: str, **environment: str) -> "subprocess.Popen[str]":
    """Starts a Python program that can import the package."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)], env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
