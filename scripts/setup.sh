#!/bin/sh
# Set up .venv: everything that `generate` and `grade` need, and with `dev` what the tests need as well.
# With `browser`, bring Chromium for the tests of pages instead; they are skipped where it cannot be had.
#
#     sh scripts/setup.sh [dev | browser]
#
# .venv/setup says what .venv was made for and is written last. While it is empty the set-up is unfinished:
# an interrupted pip may leave half a package behind and call it installed, so the next call starts afresh.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

record=.venv/setup
debian="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

say() { printf '%s\n' "$*"; }

fail() {
    printf '\n' >&2
    cat >&2
    exit 1
}

# Run a command; only if it fails, show the end of what it said.
quietly() {
    output=$("$@" 2>&1) || {
        printf '%s\n' "$output" | tail -n 20 >&2
        return 1
    }
}

is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

choose_python() {
    if [ -n "${PYTHON:-}" ]; then
        set -- "$PYTHON"
    else
        set -- python3 python3.13 python3.12 python3.11
    fi
    for candidate do
        if is_recent "$candidate"; then
            python=$candidate
            return
        fi
    done
    fail <<END
No Python 3.11 or newer was found; looked for: $*.
Install one, or name it: make PYTHON=/path/to/python3.11
END
}

unfinished() {
    fail <<END
The Python packages could not be installed; the reason is above.
Check the connection to the network and run the same command again.
END
}

make_venv() {
    choose_python
    say "Making .venv with $("$python" --version) ..."
    rm -rf .venv
    quietly "$python" -m venv --without-pip .venv || fail <<END
.venv could not be made; the reason is above.
END
}

# Debian has no ensurepip without the package python3-venv; there the pip of the system steps in.
bring_pip() {
    .venv/bin/python -m pip --version >/dev/null 2>&1 && return
    .venv/bin/python -m ensurepip >/dev/null 2>&1 && return
    choose_python
    "$python" -m pip --version >/dev/null 2>&1 || fail <<END
There is no pip for $python. Install it and run the same command again:

  Debian, Ubuntu   sudo apt-get install python3-pip
  Fedora           sudo dnf install python3-pip
END
    quietly "$python" -m pip --python .venv/bin/python install pip || unfinished
}

install_packages() {
    say "Installing the Python packages (about a minute) ..."
    bring_pip
    set -- --constraint constraints.txt --build-constraint constraints.txt --editable . "$@"
    quietly .venv/bin/python -m pip install --constraint constraints.txt --upgrade pip || unfinished
    quietly .venv/bin/python -m pip install "$@" || unfinished
}

# WeasyPrint only warns where HarfBuzz-Subset is missing; the PDFs would differ.
pdfs_work() { .venv/bin/python -W error:HarfBuzz-Subset -c 'import weasyprint'; }

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }

# Install packages of Debian or Ubuntu, where that is allowed; the first words say what for.
apt_install() {
    command -v apt-get >/dev/null && as_root true 2>/dev/null || return 0
    say "Installing $1, with apt-get ..."
    shift
    export DEBIAN_FRONTEND=noninteractive
    quietly as_root apt-get update && quietly as_root apt-get install -y --no-install-recommends "$@" || return 0
}

need_pango() {
    pdfs_work >/dev/null 2>&1 && return
    # shellcheck disable=SC2086 # one word per package
    apt_install "Pango, which sets the text of the PDFs" $debian
    reason=$(pdfs_work 2>&1 >/dev/null) || fail <<END
PDFs need the libraries Pango and HarfBuzz, and they could not be installed from here.
Install them and run the same command again:

  Debian, Ubuntu   sudo apt-get install $debian
  Fedora           sudo dnf install pango
  macOS            brew install pango python
  Windows          wsl --install, and then as on Ubuntu

The reason: $(printf '%s\n' "$reason" | tail -n 1)
END
}

bring_chromium() {
    command -v chromium >/dev/null && return
    apt_install "Chromium, in which pages are tested" chromium
    command -v chromium >/dev/null || say "There is no Chromium: tests that need it are skipped."
}

if [ "${1:-}" = browser ]; then
    bring_chromium
    exit
fi

made_for="$({ pwd -P; cat pyproject.toml constraints.txt; } | cksum)"
wanted="$made_for${1:+ with $1}"

[ -x .venv/bin/python ] && grep -qsxF "$wanted" $record && exit
if [ -e $record ] && [ ! -s $record ] || ! is_recent .venv/bin/python; then
    make_venv
fi
: >$record
install_packages ${1:+--group "$1"}
say "all but Pango" >$record
need_pango
# Where Python keeps nothing compiled, as in many containers, each start would compile all of it.
.venv/bin/python -m compileall -q generator grader src >/dev/null 2>&1 || true
printf '%s\n' "$made_for" "$wanted" >$record
