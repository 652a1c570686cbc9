#!/bin/sh
# Make the virtual environment in $1, on a bare Debian too: python3 alone is enough.
set -eu
venv=$1
PYTHON=${PYTHON:-python3}

if [ ! -x "$venv/bin/python" ]; then
    # Debian splits ensurepip off into python3-venv; without it the environment is made bare and
    # pip is brought by Debian's own package.
    if ! "$PYTHON" -m venv "$venv" >/dev/null 2>&1; then
        rm -rf "$venv"
        "$PYTHON" -m venv --without-pip "$venv"
    fi
fi
if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    wheels=$(mktemp -d)
    if ls /usr/share/python-wheels/pip-*.whl >/dev/null 2>&1; then
        cp /usr/share/python-wheels/pip-*.whl "$wheels"
    else
        echo "Fetching pip from Debian's packages …"
        sh "$(dirname "$0")/debian_package.sh" "$wheels" python3-pip-whl
        find "$wheels" -path '*python-wheels/pip-*.whl' -exec cp {} "$wheels" \;
    fi
    wheel=$(ls "$wheels"/pip-*.whl)
    "$venv/bin/python" "$wheel/pip" install --quiet --no-index "$wheel"
    rm -rf "$wheels"
fi
echo "Installing Python packages …"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
    --only-binary :all: -r requirements/base.txt
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
    --only-binary :all: -r requirements/dev.txt
