#!/usr/bin/env bash
# Builds dti.exe for 64-bit Windows 10 and 11 from this checkout, on Debian 12: Debian's own Rust compiler with the
# library's source, and mingw for the C of SQLite, the resources and the linking. Same source, same bytes.
# Prints the path of the program. Build output stays outside the checkout.
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
target="${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/dti/target}/windows"
cargo_home="${CARGO_HOME:-$HOME/.cargo}"
triple=x86_64-pc-windows-gnu
largest=$((40 * 1024 * 1024)) # bytes; packed it is less than half of that

packages=(rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64-win32 g++-mingw-w64-x86-64-win32)
missing=()
for p in "${packages[@]}"; do dpkg -s "$p" >/dev/null 2>&1 || missing+=("$p"); done
if [ "${#missing[@]}" -gt 0 ]; then
  apt-get update -q >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "${missing[@]}" >/dev/null
fi

# No path of this machine and no time of day may reach the program. Our own paths are relative to this folder already; were
# it named here, every checkout would build all dependencies anew.
remap="--remap-path-prefix=$cargo_home=/cargo --remap-path-prefix=$target=/target"
cd "$root"
env CARGO_TARGET_DIR="$target" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
  RUSTFLAGS="$remap -C link-arg=-Wl,--no-insert-timestamp" \
  CFLAGS_x86_64_pc_windows_gnu="-ffile-prefix-map=$cargo_home=/cargo -ffile-prefix-map=$target=/target" \
  /usr/bin/cargo build -Z build-std=std,panic_unwind --manifest-path "$root/Cargo.toml" --target "$triple" --release --locked --bin dti >&2
exe="$target/$triple/release/dti.exe"

# Nothing but what every Windows 10 brings: the program is one file.
brought='advapi32|api-ms-win-core-(path-l1-1-0|synch-l1-2-0|winrt-error-l1-1-0)|bcryptprimitives|combase|comctl32|comdlg32|dwmapi|dxgi|gdi32|imm32|kernel32|msvcrt|ntdll|ole32|oleaut32|opengl32|propsys|setupapi|shell32|shlwapi|uiautomationcore|user32|userenv|uxtheme|ws2_32'
foreign="$(x86_64-w64-mingw32-objdump -p "$exe" | sed -n 's/^.*DLL Name: //p' | grep -viE "^($brought)\.dll$" || true)"
[ -z "$foreign" ] || { echo "dti.exe needs DLLs that Windows does not bring:" $foreign >&2; exit 1; }
size="$(stat -c %s "$exe")"
[ "$size" -le "$largest" ] || { echo "dti.exe has $size bytes, more than $largest" >&2; exit 1; }
echo "dti.exe: $size bytes, sha256 $(sha256sum "$exe" | cut -c1-64)" >&2
echo "$exe"
