#!/usr/bin/env bash
# First process of the namespaces that the live suite runs in (see scripts/test-live.mjs): makes them liveable, then
# runs the command that it is given. Usage: enter.sh FOLDER COMMAND...
set -euo pipefail

# Whatever is written below FOLDER vanishes with the namespace.
mount -t tmpfs -o mode=755 tmpfs "$1"
# Samba's client library looks for winbind at a path below /run that is compiled in, and the daemons write below /var.
mount -t tmpfs tmpfs /run
mkdir /run/samba
for folder in /var/lib/samba /var/cache/samba /var/log/samba; do
  if [ -d "$folder" ]; then mount -t tmpfs tmpfs "$folder"; fi
done
printf '%s\n' '127.0.0.1 localhost' '127.55.0.1 ham-dc01.corp.example corp.example not-in-the-certificate.example' > "$1/hosts"
mount --bind "$1/hosts" /etc/hosts
# The one interface that a new network namespace has is loopback: nobody can be reached but ourselves.
ip link set lo up

shift
# Not exec: as process 1 this shell also collects the processes that Samba leaves behind.
"$@"
