#!/usr/bin/env bash
# Builds everything and runs every test. The last line is "N passed, N failed, N skipped"; the exit code is 0 only when
# nothing failed. With CI=true a skipped test counts as a failure. With --long the fuzz tests run in full instead of a
# tenth, 20,000 events go to clients of many makers instead of 2,000, the server is killed 200 times instead of 8,
# the owner of a database 20 times instead of once, floods of connections last two minutes each instead of two seconds,
# the client of .NET is compiled ahead of time, and all that docs/several-servers.md says may fail does so.
# PUSHNET_NATS_SERVER is the path of another nats-server than that of Debian. Some of the long tests need 2.10 or later.
# With --fast only the tests run that start no process, browser, broker or database: those outside of EndToEnd/,
# Scoreboard/ and Clients/ that need no package.
set -uo pipefail
cd "$(dirname "$0")"

filter=()
case "${1:-}" in
  "") ;;
  --fast) filter=(--filter "FullyQualifiedName!~PushNet.Tests.EndToEnd&FullyQualifiedName!~PushNet.Tests.Scoreboard&FullyQualifiedName!~PushNet.Tests.Clients&Needs!=package") ;;
  --long) export PUSHNET_FUZZ=long PUSHNET_KILLS=200 PUSHNET_FLOOD_SECONDS=120 ;;
  *) echo "Usage: ./test.sh [--fast | --long]"; exit 2 ;;
esac

# Debian packages that tests need, each with a file that shows that it is there. A test whose package is missing is skipped.
needs=(
  "openssl:/usr/bin/openssl"
  "curl:/usr/bin/curl"
  "nats-server:/usr/sbin/nats-server"
  "chromium-headless-shell:/usr/bin/chromium-headless-shell"
  "gcc:/usr/bin/gcc"
  "libc6-dev:/usr/include/time.h"
  "nodejs:/usr/bin/node"
  "npm:/usr/bin/npm"
  "postgresql:/usr/share/doc/postgresql/copyright"
  "python3-websockets:/usr/lib/python3/dist-packages/websockets/__init__.py"
  "docker-compose:/usr/bin/docker-compose"
  "python3-build:/usr/lib/python3/dist-packages/build/__main__.py"
  "python3-setuptools:/usr/lib/python3/dist-packages/setuptools/__init__.py"
  "python3-wheel:/usr/lib/python3/dist-packages/wheel/__init__.py"
  "mypy:/usr/bin/mypy"
)

[ -z "${PUSHNET_FUZZ:-}" ] || needs+=(
  "iproute2:/usr/bin/ip"
  "python3-aiohttp:/usr/lib/python3/dist-packages/aiohttp/__init__.py"
  "golang-go:/usr/bin/go"
  "golang-github-gorilla-websocket-dev:/usr/share/gocode/src/github.com/gorilla/websocket/client.go"
)
[ ${#filter[@]} -eq 0 ] || needs=()
missing=()
for need in "${needs[@]}"; do
  [ -e "${need#*:}" ] || missing+=("${need%%:*}")
done

if [ ${#missing[@]} -gt 0 ]; then
  as_root=""
  [ "$(id -u)" = 0 ] || as_root="sudo -n"
  if command -v apt-get >/dev/null && $as_root true 2>/dev/null; then
    echo "Installing for the tests: ${missing[*]}"
    { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null \
      || echo "Could not install ${missing[*]}; the tests that need them are skipped."
  else
    echo "Not installed and can't be installed from here: ${missing[*]}; the tests that need them are skipped."
  fi
fi

# Packages of npm that tests need, by the folder of their package.json and a package in it.
npm_needs=("PushNet.Tests/Documents/lint:@stoplight/spectral-rulesets" "PushNet.Tests/Clients:typescript")
[ ${#filter[@]} -eq 0 ] || npm_needs=()
for need in "${npm_needs[@]}"; do
  folder=${need%%:*} package=${need#*:}
  [ -e "$folder/node_modules/$package/package.json" ] && continue
  echo "Installing for the tests, from npm: $package"
  npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null \
    || echo "Could not install $package; the test that needs it is skipped."
done

# Tests run most of their code a few times only: compiled quickly, without instruments and mapped once, it takes half of the CPU.
export DOTNET_TC_QuickJit=1 DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0

log=$(mktemp)
trap 'rm -f "$log"' EXIT

dotnet build PushNet.sln -c Release --nologo -v quiet || { echo "The build failed."; exit 1; }
dotnet test PushNet.Tests/bin/Release/net10.0/PushNet.Tests.dll --nologo "${filter[@]}" 2>&1 | tee "$log"
status=$?

awk -F'[:,]' -v ci="${CI:-}" '
  /^(Passed|Failed|Skipped)! +- Failed:/ { failed += $2; passed += $4; skipped += $6 }
  END {
    printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
    exit passed + failed == 0 || (ci == "true" && skipped > 0)
  }' "$log" || status=1
exit $status
