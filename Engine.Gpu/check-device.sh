#!/usr/bin/env bash
# Runs the device checks and timings beside a self-contained publish of Bench, on a machine that has a GPU and nothing else:
#   dotnet publish Bench -c Release -r linux-x64 --self-contained -o carried
#   copy the folder, then: carried/check-device.sh [options of check-device]
# Networks are checked on the libtorch 2.10 whose folder ENGINE_LIBTORCH names: lib of PyTorch's download for CUDA, or torch/lib of Python's torch, which is
# looked for where the variable is not set. Without one they are left out, by name.
# Writes results-device/device.json and device.md. Ends with an error when a promise is not kept or there is no GPU.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${ENGINE_LIBTORCH:-}" ] && torch=$(python3 -c 'import importlib.util; print(importlib.util.find_spec("torch").submodule_search_locations[0])' 2>/dev/null); then
  export ENGINE_LIBTORCH=$torch/lib
fi
"$here/Bench" devices
"$here/Bench" check-device --out results-device "$@"
