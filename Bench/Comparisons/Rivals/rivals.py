"""What all scripts that run other libraries share.

  SCRIPT versions
  SCRIPT TASK LIBRARY FOLDER REPEATS MAX_SECONDS THREADS [NUMBERS OF THE TASK]

A task reads its arrays from FOLDER and returns Work. Written is FOLDER/found.npy, what was found; printed is one line of JSON: the seconds of every
repetition by phase, how far the process grew meanwhile, the version of the library, how it was used. Exit code 3: a package is missing.
"""
import collections
import gc
import importlib
import json
import os
import platform
import subprocess
import sys
import time

PACKAGE_ABSENT = 3
WARM_UP_ROWS = 2000

# The engine through its Python package, which has the version of nothing but the interpreter.
ENGINE = "engine from Python"

# The packages of libraries that are called otherwise.
PACKAGES = {"scikit-learn": "sklearn", "imbalanced-learn": "imblearn", "cKDTree": "scipy"}

# run(clock) does the work once, and says when a phase ends; found(result) makes an array of it, outside the clock. Where only a part of the work is done,
# its seconds are multiplied by scale; where children do it, its memory is not told.
Work = collections.namedtuple("Work", "run found note scale children", defaults=(None, 1, False))


class Clock:
    """The seconds of one run, phase by phase."""

    def __init__(self):
        self.seconds = []
        self.start = time.perf_counter()

    def split(self):
        now = time.perf_counter()
        self.seconds.append(now - self.start)
        self.start = now


def load(folder, *names):
    import numpy as np
    return [np.load(os.path.join(folder, name + ".npy")) for name in names]


def status(key):
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(key + ":"))


def begin_peak():
    """Starts a new peak of memory; None where the system cannot."""
    gc.collect()
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
        return status("VmRSS")
    except (OSError, StopIteration):
        return None


def measure(task, library, folder, repeats, max_seconds, threads, *numbers):
    import numpy as np
    work = task(library, folder, int(threads), *numbers)
    before = begin_peak()
    seconds = []
    while not seconds or (len(seconds) < int(repeats) and sum(map(sum, seconds)) < float(max_seconds)):
        result = None
        clock = Clock()
        result = work.run(clock)
        if not clock.seconds:
            clock.split()
        seconds.append([work.scale * phase for phase in clock.seconds])
    growth = None if before is None or work.children else max(0, status("VmHWM") - before)
    np.save(os.path.join(folder, "found.npy"), np.ascontiguousarray(work.found(result)))
    version = platform.python_version() if library == ENGINE else getattr(importlib.import_module(PACKAGES.get(library, library)), "__version__", "unknown")
    print(json.dumps({"seconds": seconds, "peakGrowthBytes": growth, "version": str(version), "note": work.note}))


def blas_of(package):
    """The BLAS that a package loads, told by a process that loads nothing else."""
    code = ("import json, threadpoolctl\n"
            "__import__(%r)\n"
            "print(json.dumps([' '.join(str(pool.get(key)) for key in ('internal_api', 'version', 'architecture', 'threading_layer') if pool.get(key))"
            " for pool in threadpoolctl.threadpool_info()]))" % package)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    if ended.returncode != 0:
        return "unknown (threadpoolctl is absent)"
    # The reference BLAS has no threads to tell of, and multiplies matrices several times as slowly.
    return ", ".join(json.loads(ended.stdout)) or "none with threads: the reference BLAS, several times as slow; install libopenblas0"


def versions(packages):
    found = {"python": sys.version.split()[0]}
    for package in packages:
        try:
            module = importlib.import_module(package)
        except ImportError:
            found[package] = "absent"
            continue
        found[package] = str(getattr(module, "__version__", "unknown"))
        if package == "faiss":
            found["faiss compile options"] = module.get_compile_options().strip()
        if package in ("numpy", "scipy", "faiss", "torch"):
            found[package + " threads and BLAS"] = blas_of(package)
    print(json.dumps(found))


def main(packages, **tasks):
    try:
        if sys.argv[1] == "versions":
            versions(packages)
        else:
            measure(tasks[sys.argv[1]], *sys.argv[2:])
    except ImportError as error:
        sys.exit(print(error, file=sys.stderr) or PACKAGE_ABSENT)
