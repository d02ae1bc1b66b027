#!/usr/bin/env bash
# Makes what goes to offices from dti.exe (default: built now): the installer, and a ZIP that runs from any folder or USB
# stick. Both are the same bytes for the same program. Prints their paths.
#
#   assets/windows/package.sh FOLDER [DTI.EXE]
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
out="$(mkdir -p "$1" && cd "$1" && pwd)"
program="$(realpath "${2:-$("$root/assets/windows/build.sh")}")"
version="$(sed -n 's/^version = "\(.*\)"$/\1/p' "$root/Cargo.toml" | head -n 1)"
# No time of day may reach the files.
export SOURCE_DATE_EPOCH=1704067200 TZ=UTC

missing=()
for p in nsis zip; do dpkg -s "$p" >/dev/null 2>&1 || missing+=("$p"); done
if [ "${#missing[@]}" -gt 0 ]; then
  apt-get update -q >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "${missing[@]}" >/dev/null
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
folder="$work/DTI-QuangTri"
mkdir "$folder"
cp "$program" "$folder/dti.exe"
cp "$root/LICENSE-MIT" "$folder/GIAY-PHEP-MIT.txt"
cp "$root/LICENSE-APACHE" "$folder/GIAY-PHEP-APACHE.txt"
cp "$root/assets/fonts/OFL.txt" "$folder/GIAY-PHEP-PHONG-CHU.txt"
cp "$root/assets/fonts/ICONS-LICENSE.txt" "$folder/GIAY-PHEP-BIEU-TUONG.txt"
cp "$root/assets/windows/dti-portable.txt" "$folder/"
chmod 644 "$folder"/*
find "$folder" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
portable="$out/DTI-QuangTri-$version-xach-tay.zip"
rm -f "$portable"
(cd "$work" && find DTI-QuangTri -type f | LC_ALL=C sort | zip -q -X -9 -@ "$portable")

installer="$out/DTI-QuangTri-$version-cai-dat.exe"
makensis -V2 -INPUTCHARSET UTF8 -DVERSION="$version" -DFOLDER="$folder" -DICON="$root/assets/icons/dti.ico" \
  -DOUTPUT="$installer" "$root/assets/windows/dti.nsi" >&2
for file in "$installer" "$portable"; do
  echo "$(basename "$file"): $(stat -c %s "$file") bytes, sha256 $(sha256sum "$file" | cut -c1-64)" >&2
  echo "$file"
done
