#!/bin/sh
# Unpack Debian packages into folder $1 without installing them: works for a user who is not root.
# With --deep before the names, what they depend on comes along, except what the machine has.
set -eu
folder=$1
shift
deep=
if [ "$1" = --deep ]; then
    deep=yes
    shift
fi
state=$folder/.apt
mkdir -p "$state/lists/partial" "$state/archives/partial"
: >"$state/status"
options="-o Dir::State::lists=$state/lists -o Dir::Cache=$state -o Dir::Cache::archives=$state/archives
 -o Debug::NoLocking=1 -o APT::Sandbox::User= -o APT::Install-Recommends=false"
# shellcheck disable=SC2086
apt-get $options -qq update
cd "$state/archives"
if [ -n "$deep" ]; then
    # shellcheck disable=SC2086
    apt-get $options -qq --download-only -y -o Dir::State::status=/var/lib/dpkg/status install "$@"
else
    # shellcheck disable=SC2086
    apt-get $options -qq download "$@"
fi
for package in "$state"/archives/*.deb; do
    dpkg-deb -x "$package" "$folder"
done
rm -rf "$state"
