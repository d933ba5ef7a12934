#!/bin/sh
# The `markpass` command of the image.
exec python -m service.cli "$@"
