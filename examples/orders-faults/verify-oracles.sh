#!/usr/bin/env bash
# Proves the oracles: with the service as it is, every oracle directory has a failing test;
# with the fixed sources laid over it, all oracles and the service's own tests pass.
# Takes two Maven runs in a temporary copy; MAVEN names another Maven than the service's wrapper.
set -euo pipefail

faults=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
service=$faults/../orders
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

run_tests() {
  if ! (cd "$copy" && ${MAVEN:-./mvnw} -B -q clean test -Dmaven.test.failure.ignore) >"$copy/maven.log" 2>&1; then
    tail -50 "$copy/maven.log" >&2
    echo "the build of the copy failed" >&2
    exit 1
  fi
}

# Prints "TESTS BAD": the tests of one report and how many of them failed or ended in an error.
counts() {
  local report=$1
  sed -n 's/^<testsuite [^>]*tests="\([0-9]*\)" errors="\([0-9]*\)" skipped="[0-9]*" failures="\([0-9]*\)".*/\1 \2 \3/p' "$report" |
    awk '{ print $1, $2 + $3 }'
}

# Prints "TESTS BAD" over all reports whose test class is in the directory given.
counts_of_oracle() {
  local oracle=$1 file class report
  find "$oracle" -name '*Test.java' | while read -r file; do
    class=$(basename "$file" .java)
    report=$(find "$copy" -path '*/surefire-reports/*' -name "TEST-*.$class.xml")
    [ -n "$report" ] || { echo "no report of $class" >&2; exit 1; }
    counts "$report"
  done | awk '{ tests += $1; bad += $2 } END { print tests + 0, bad + 0 }'
}

# Prints "TESTS BAD" over the reports of the service's own tests.
counts_of_service() {
  find "$copy" -path '*/surefire-reports/*' -name 'TEST-*.xml' ! -name '*OracleTest.xml' |
    while read -r report; do counts "$report"; done |
    awk '{ tests += $1; bad += $2 } END { print tests + 0, bad + 0 }'
}

cp -R "$service/." "$copy"
for oracle in "$faults"/oracles/*/; do
  cp -R "$oracle." "$copy"
done

run_tests
declare -A before
for oracle in "$faults"/oracles/*/; do
  before[$oracle]=$(counts_of_oracle "$oracle")
done
read -r own own_bad_before <<<"$(counts_of_service)"

cp -R "$faults/fixed/." "$copy"
run_tests
fail_before=0
pass_after=0
directories=0
printf '%-26s %-18s %s\n' oracle "failing before" "failing after"
for oracle in "$faults"/oracles/*/; do
  read -r tests bad_before <<<"${before[$oracle]}"
  read -r tests bad_after <<<"$(counts_of_oracle "$oracle")"
  printf '%-26s %-18s %s\n' "$(basename "$oracle")" "$bad_before of $tests" "$bad_after of $tests"
  directories=$((directories + 1))
  if [ "$bad_before" -gt 0 ]; then fail_before=$((fail_before + 1)); fi
  if [ "$tests" -gt 0 ] && [ "$bad_after" -eq 0 ]; then pass_after=$((pass_after + 1)); fi
done

read -r own own_bad_after <<<"$(counts_of_service)"
printf '%-26s %-18s %s\n' "(own tests)" "$own_bad_before of $own" "$own_bad_after of $own"
echo "$fail_before oracles fail before, $pass_after pass after"
[ "$fail_before" -eq "$directories" ] && [ "$pass_after" -eq "$directories" ] &&
  [ "$own" -gt 0 ] && [ "$own_bad_before" -eq 0 ] && [ "$own_bad_after" -eq 0 ]
