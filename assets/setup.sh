# What building and testing need from Debian, for the scripts that source this file.
# shellcheck shell=sh
# shellcheck disable=SC2034 # the lists are used by those who source this

build_packages='gcc libc6-dev cmake ninja-build pkg-config libcurl4-openssl-dev libjansson-dev
  libssl-dev libsecret-1-dev libsqlite3-dev libmicrohttpd-dev libutf8proc-dev libncurses-dev zlib1g-dev ca-certificates'
test_packages='libcmocka-dev libvterm-dev tmux strace clang openssl gnome-keyring dbus dbus-daemon libglib2.0-bin libfaketime'

# The packages of the arguments that are not installed, in one line.
missing_packages() {
  for package; do
    case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
      installed) ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

# Installs what is missing of the packages given, saying so on stderr; returns 1 where it cannot.
need_packages() {
  command -v dpkg-query >/dev/null || {
    echo "No Debian here: these packages, or what stands for them, are taken for granted: $*" >&2
    return 0
  }
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  root=
  if [ "$(id -u)" -ne 0 ]; then
    root=sudo
    command -v sudo >/dev/null || {
      echo "Missing packages, and neither root nor sudo to install them: $missing" >&2
      return 1
    }
  fi
  echo "Installing $missing" >&2
  said=$(mktemp)
  # shellcheck disable=SC2086 # one word a package
  { $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -qq -y --no-install-recommends $missing; } </dev/null >"$said" 2>&1 || {
    cat "$said" >&2
    rm -f "$said"
    echo "These packages could not be installed: $missing" >&2
    return 1
  }
  rm -f "$said"
}
