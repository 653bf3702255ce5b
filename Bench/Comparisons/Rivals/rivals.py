"""What all scripts that run other libraries share: memory, repetitions, versions, and the exit code of a missing package."""
import gc
import importlib
import json
import subprocess
import sys
import time

PACKAGE_ABSENT = 3
WARM_UP_ROWS = 2000


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


def growth_since(before):
    return None if before is None else max(0, status("VmHWM") - before)


def repeat(run, repeats, max_seconds):
    """The last result, the seconds of every repetition, and how far the process grew meanwhile."""
    before = begin_peak()
    seconds = []
    while not seconds or (len(seconds) < int(repeats) and sum(seconds) < float(max_seconds)):
        result = None
        start = time.perf_counter()
        result = run()
        seconds.append(time.perf_counter() - start)
    return result, seconds, growth_since(before)


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


def details_of(package, module):
    return {package + " threads and BLAS": blas_of(package)} if package in ("numpy", "scipy") else {}


def versions_of(packages, details=details_of):
    found = {"python": sys.version.split()[0]}
    for package in packages:
        try:
            module = importlib.import_module(package)
            found[package] = str(getattr(module, "__version__", "unknown"))
            found.update(details(package, module))
        except ImportError:
            found[package] = "absent"
    print(json.dumps(found))


def main(commands):
    try:
        commands[sys.argv[1]](*sys.argv[2:])
    except ImportError as error:
        sys.exit(print(error, file=sys.stderr) or PACKAGE_ABSENT)
