#!/usr/bin/env bash
# Builds the host when its sources have changed, then hands it all arguments. Needs bash 3.2 and little else.
set -euo pipefail
unset CDPATH

# Called through a link, the project is where the link points to. No readlink -f: macOS came to know it late.
self=${BASH_SOURCE[0]}
while [ -L "$self" ]; do
    target=$(readlink "$self")
    case $target in
        /*) self=$target ;;
        *) self=$(dirname "$self")/$target ;;
    esac
done
root=$(cd "$(dirname "$self")" && pwd -P)
host=$root/build/bin/host/Build.dll
stamp=$root/.build/stamp

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Names and contents of all that the host is built from: a deleted or a restored older file counts as a change too.
sources() (
    cd "$root"
    find build src global.json Directory.Build.props Directory.Packages.props \
        \( -name bin -o -name obj \) -prune -o -type f -exec cksum {} + | LC_ALL=C sort | cksum
)

# An SDK that global.json accepts; dotnet itself is asked, as it knows the rules of rolling forward.
accepts() { (cd "$root" && "$1" --version) >/dev/null 2>&1; }

find_sdk() {
    local candidate
    for candidate in "$(command -v dotnet || true)" "${DOTNET_ROOT:-}/dotnet" "$root/.dotnet/dotnet"; do
        if [ -x "$candidate" ] && accepts "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    install_sdk >&2
    printf '%s\n' "$root/.dotnet/dotnet"
}

install_sdk() {
    local version script=$root/.dotnet/dotnet-install.sh url=https://dot.net/v1/dotnet-install.sh
    version=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json")
    printf 'No .NET SDK for global.json (%s) found; installing it into %s\n' "$version" "$root/.dotnet"
    mkdir -p "$root/.dotnet"
    if command -v curl >/dev/null; then
        curl -fsSL --retry 3 -o "$script" "$url"
    elif command -v wget >/dev/null; then
        wget -q -O "$script" "$url"
    else
        fail "neither curl nor wget is there to fetch $url. Install .NET SDK $version from https://dot.net/download."
    fi || fail "can't fetch $url. Without a network, install .NET SDK $version by hand, or point DOTNET_ROOT at one."
    bash "$script" --version "$version" --install-dir "$root/.dotnet" --no-path \
        || fail "installing .NET SDK $version failed; see above. Or install it by hand from https://dot.net/download."
    accepts "$root/.dotnet/dotnet" || fail "the installed SDK does not satisfy $root/global.json."
}

# The stamp: from which sources, to what, and with which dotnet the host was built.
is_built() {
    [ -f "$host" ] && [ -f "$stamp" ] || return 1
    { read -r built && read -r made && read -r dotnet; } <"$stamp" || return 1
    [ "$built" = "$sum" ] && [ "$made" = "$(cksum <"$host")" ] && [ -x "$dotnet" ]
}

publish() {
    (cd "$root" && "$dotnet" publish build/Build.csproj -c Release -o build/bin/host --nologo -v quiet -nodeReuse:false -tl:off "$@") >"$log" 2>&1 </dev/null
}

build() {
    local log
    # Waiting for another build.sh may have made this one needless.
    if is_built; then return; fi
    rm -f "$stamp" "$stamp.ps1"
    dotnet=$(find_sdk)
    log=$(mktemp)
    # Compiled to machine code as far as can be, so that a run need not; without the compiler's package, or for another reason, not.
    if ! publish --use-current-runtime --no-self-contained -p:PublishReadyToRun=true && ! publish; then
        cat "$log" >&2
        rm -f "$log"
        fail "the host did not build; see above."
    fi
    rm -f "$log"
    printf '%s\n%s\n%s\n' "$sum" "$(cksum <"$host")" "$dotnet" >"$stamp.$$"
    mv -f "$stamp.$$" "$stamp"
}

sum=$(sources)
if ! is_built; then
    mkdir -p "$root/.build"
    exec 9>"$root/.build/lock"
    if command -v flock >/dev/null; then flock 9; fi
    build
    exec 9>&-
fi

# dotnet on the PATH is often a link; its folder is then not where the runtimes are.
if [ -d "$(dirname "$dotnet")/shared" ]; then
    DOTNET_ROOT=$(dirname "$dotnet")
    export DOTNET_ROOT
fi
exec "$dotnet" "$host" "$@"
