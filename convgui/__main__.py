"""``convgui``: opens the window, or does without one what its first argument says."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

USAGE = """\
usage: convgui [--reset-settings] [IMAGE]      open the window
       convgui compare [IMAGE] [options]       compare without a window; see compare --help
       convgui --info | --version | --help

Opens an image, convolves it exactly, differentially and by LSH, and shows what each gives,
what it costs and where it errs.

  IMAGE             an image to open
  --reset-settings  forget window layout, parameters and recent files
  --info            versions, instruction-set level and paths
  --version         the version
  --help            this text
"""
RESET = "--reset-settings"


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the program; gives the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        # A terminal in another encoding must not end the program at the first "×".
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        status = _dispatch(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has enough; what is left must not fail again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except KeyboardInterrupt:
        print("convgui: stopped", file=sys.stderr)
        status = 130
    return status


def _dispatch(arguments: list[str]) -> int:
    if arguments[:1] == ["compare"]:
        from convgui import cli

        return cli.main(arguments[1:])
    if "--help" in arguments or "-h" in arguments:
        print(USAGE, end="")
        return 0
    if "--version" in arguments or "--info" in arguments:
        from convgui import about

        print(f"convgui {about.version()}" if "--version" in arguments else about.info())
        return 0
    return _window(arguments)


def _window(arguments: list[str]) -> int:
    from convgui import headless

    plain = arguments
    if "--" in arguments:
        plain = arguments[: arguments.index("--")]
    images = [each for each in plain if not each.startswith("-")]
    images += arguments[len(plain) + 1 :]
    unknown = [each for each in plain if each.startswith("-") and each != RESET]
    if unknown or len(images) > 1:
        wrong = f"unknown option {unknown[0]}" if unknown else "more than one image"
        print(f"convgui: {wrong}; convgui --help lists what there is", file=sys.stderr)
        return 2
    if reason := headless.no_display():
        return headless.main(images[0] if images else None, reason)
    from convgui import app

    return app.main([*[RESET] * (RESET in plain), *(["--", *images] if images else [])])


if __name__ == "__main__":
    sys.exit(main())
