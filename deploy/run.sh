#!/bin/sh
# Runs Confab, or one of its commands, with the permissions that its settings call for and no others.
# The shell is replaced: signals reach Confab itself, also as the first process of a container.
set -e
cd "$(dirname "$0")/.."
program=dist/server/main.js
# Only works out which permissions: it opens no file and no connection.
permissions="$(deno run -q -P --no-prompt --cached-only --allow-env --allow-read "$program" permissions "$@")"
# shellcheck disable=SC2086 -- a list of flags, none with a blank in it
exec deno run -q -P --no-prompt --cached-only $permissions "$program" "$@"
