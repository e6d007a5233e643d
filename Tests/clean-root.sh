#!/usr/bin/env bash
# Proves the set-up: in a fresh, minimal Debian 12 with git, make and a Swift toolchain and nothing else, a clone of this
# repository and ONE command must do. Each command gets a root of its own. Needs root and debootstrap.
#
#     Tests/clean-root.sh                 # make demo, then make test
#     Tests/clean-root.sh demo            # only this one
#
#   SWIFT_TOOLCHAIN     the folder that holds usr/bin/swift (default: the one on the PATH); mounted read-only at the same path
#   CLEAN_ROOT_MIRROR   a Debian mirror (default: debootstrap's)
#   CLEAN_ROOT_BINDS    more folders or files to mount read-only at the same path, separated by blanks
#   CLEAN_ROOT_GITCONFIG  a git configuration for the root's user (where packages are fetched through another address)
#   CLEAN_ROOT_KEEP     a folder to keep the bootstrapped root in, for the next run
set -euo pipefail

repository=$(cd "$(dirname "$0")/.." && pwd)
toolchain=${SWIFT_TOOLCHAIN:-$(dirname "$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")")}
[ "$(id -u)" = 0 ] || { echo "clean-root: needs root" >&2; exit 2; }
command -v debootstrap >/dev/null || { echo "clean-root: needs debootstrap" >&2; exit 2; }

# Mounts live in a namespace of this script alone: they go with it, however it ends.
if [ -z "${CLEAN_ROOT_INSIDE:-}" ]; then
    CLEAN_ROOT_INSIDE=1 exec unshare --mount --pid --fork --kill-child "$0" "$@"
fi

work=$(mktemp -d /tmp/clean-root.XXXXXX)
trap 'umount -R -l "$work/root" 2>/dev/null || true; rm -rf --one-file-system "$work"' EXIT
base=${CLEAN_ROOT_KEEP:-$work}/base

bootstrap() {
    [ -e "$base/etc/debian_version" ] && return
    mkdir -p "$base"
    debootstrap --variant=minbase --include=git,make,ca-certificates bookworm "$base" ${CLEAN_ROOT_MIRROR:-} >"$work/log" ||
        { tail -n 20 "$work/log" >&2; exit 1; }
}

mount_read_only() {
    mkdir -p "$(dirname "$work/root$1")"
    if [ -d "$1" ]; then mkdir -p "$work/root$1"; else touch "$work/root$1"; fi
    mount --bind "$1" "$work/root$1"
    mount -o remount,bind,ro "$work/root$1"
}

prepare() {
    rm -rf --one-file-system "$work/root"
    cp -a "$base" "$work/root"
    mount --bind "$work/root" "$work/root"
    mount -t proc proc "$work/root/proc"
    for device in null zero full random urandom tty; do
        [ -e "/dev/$device" ] && touch "$work/root/dev/$device" && mount --bind "/dev/$device" "$work/root/dev/$device"
    done
    mkdir -p "$work/root/dev/pts" "$work/root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$work/root/dev/pts"
    ln -sf pts/ptmx "$work/root/dev/ptmx"
    cp -L /etc/resolv.conf /etc/hosts "$work/root/etc/"
    for path in "$toolchain" ${CLEAN_ROOT_BINDS:-}; do mount_read_only "$path"; done
    [ -z "${CLEAN_ROOT_GITCONFIG:-}" ] || cp "$CLEAN_ROOT_GITCONFIG" "$work/root/root/.gitconfig"
    git clone --quiet --no-hardlinks "$repository" "$work/root/root/sessionctl"
}

run() {
    prepare
    echo "== make $1, in a root with $(chroot "$work/root" dpkg-query -f '.\n' -W | wc -l) packages"
    local started=$SECONDS status=0
    chroot "$work/root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM=dumb \
        PATH="$toolchain/usr/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
        make -C /root/sessionctl "$1" </dev/null || status=$?
    echo "== make $1: exit $status after $((SECONDS - started)) s"
    umount -R -l "$work/root"
    return "$status"
}

bootstrap
for target in "${@:-demo test}"; do
    for one in $target; do run "$one"; done
done
