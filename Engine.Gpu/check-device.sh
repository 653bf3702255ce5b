#!/usr/bin/env bash
# Runs the device checks and timings beside a self-contained publish of Bench, on a machine that has a GPU and nothing else:
#   dotnet publish Bench -c Release -r linux-x64 --self-contained -o carried
#   copy the folder, then: carried/check-device.sh [options of check-device]
# Writes results-device/device.json and device.md. Ends with an error when a bit differs or there is no GPU.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/Bench" devices
"$here/Bench" check-device --out results-device "$@"
