#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image: bring a Python of at least 3.11, and what marking needs.
#
# The Python of the image is used if it is recent enough; else uv brings one, or else apt-get does (the
# python3.11 of Ubuntu 22.04). With a folder wheels/ beside this file nothing is fetched from a package index.
set -u
source=$(cd -- "$(dirname -- "$0")" && pwd) || exit 1
venv=$source/.venv
uv="uv==0.9.11"

say() { printf 'convexam: %s\n' "$*"; }
is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
apt_install() {
    command -v apt-get >/dev/null || return 1
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -qq -y --no-install-recommends "$@"
}

# Debian and Ubuntu part venv and pip from Python.
make_venv() {
    rm -rf "$venv"
    "$1" -m venv "$venv" && return
    rm -rf "$venv"
    apt_install "$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" || return 1
    "$1" -m venv "$venv"
}

install() {
    say "using $("$1" --version) at $1"
    make_venv "$1" || return 1
    from="no package index could be reached, or it has none for this Python; export with --wheels"
    set -- --no-deps --only-binary :all: --disable-pip-version-check --requirement "$source/requirements.txt"
    if [ -d "$source/wheels" ]; then
        from="the wheels in this package have to be for this Python (pip download --python-version)"
        set -- --no-index --find-links "$source/wheels" "$@"
    fi
    "$venv/bin/python" -m pip install --quiet "$@" || {
        say "$("$venv/bin/python" --version) lacks what marking needs: $from"
        return 1
    }
    # Each submission meets a fresh copy of this image, so everything is compiled now.
    "$venv/bin/python" -m compileall -q "$source/convexam"
    PYTHONPATH=$source "$venv/bin/python" -P -m convexam autograde gradescope --check "$source"
}

with_image() {
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_recent "$python" && install "$python"; then
            return
        fi
    done
    return 1
}

with_uv() {
    [ ! -d "$source/wheels" ] || return 1
    say "no Python 3.11 or newer of the image will do; trying uv"
    python3 -m pip --version >/dev/null 2>&1 || apt_install python3-pip || return 1
    python3 -m pip install --quiet --target "$source/.uv" "$uv" || return 1
    export UV_PYTHON_INSTALL_DIR=$source/.python
    "$source/.uv/bin/uv" python install --no-bin 3.12 || return 1
    python=$("$source/.uv/bin/uv" python find --managed-python 3.12) && install "$python"
}

with_apt() {
    ! is_recent python3.11 || return 1 # tried already
    say "trying python3.11 of the system's own packages"
    apt_install python3.11 python3.11-venv || return 1
    install python3.11
}

with_image || with_uv || with_apt || {
    say "NOT SET UP: no Python 3.11 or newer with its packages could be had; the reasons are above."
    say "Choose another image (Ubuntu 24.04 has a Python that is recent enough), or pack other wheels."
    exit 1
}
say "ready"
