#!/bin/sh
# See to it that the browser tests find a Chromium: the machine's, else Debian's.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ -x var/chromium/usr/bin/chromium ]; then exit 0; fi
echo "Installing Chromium from Debian's packages …"
if [ "$(id -u)" = 0 ]; then
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null
elif sudo -n true 2>/dev/null; then
    sudo -n apt-get -qq update
    sudo -n env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null
else
    mkdir -p var/chromium
    sh "$(dirname "$0")/debian_package.sh" "$PWD/var/chromium" --deep chromium
fi
