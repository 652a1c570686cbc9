#!/bin/sh
# See to it that the browser tests find a Chromium: the machine's, else Debian's.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ -x var/chromium/run ]; then exit 0; fi
echo "Installing Chromium from Debian's packages …"
if [ "$(id -u)" = 0 ]; then
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null
elif sudo -n true 2>/dev/null; then
    sudo -n apt-get -qq update
    sudo -n env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null
else
    mkdir -p var/chromium
    # A user who may install nothing gets it unpacked, with what it needs, under var/chromium.
    sh "$(dirname "$0")/debian_package.sh" "$PWD/var/chromium" --deep chromium
    cat >var/chromium/run <<'RUN'
#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
libraries=$here/usr/lib/$(uname -m)-linux-gnu
export LD_LIBRARY_PATH="$libraries:$libraries/pulseaudio:$here/lib/$(uname -m)-linux-gnu"
export FONTCONFIG_PATH=/etc/fonts FONTCONFIG_SYSROOT="$here"
exec "$here/usr/lib/chromium/chromium" "$@"
RUN
    chmod +x var/chromium/run
fi
