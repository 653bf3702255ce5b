"""What all scripts that run other libraries share: memory, repetitions, versions, and the exit code of a missing package."""
import gc
import importlib
import json
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


def versions_of(packages, details=lambda package, module: {}):
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
