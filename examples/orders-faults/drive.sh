#!/usr/bin/env bash
# Usage: drive.sh BASE_URL [FAULTS_JSON]
# Sends every fault's requests to a running service; prints the last status and whether the answer is the expected one.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec java "$here/Drive.java" "${2:-$here/faults.json}" "${1:?usage: drive.sh BASE_URL [FAULTS_JSON]}"
