"""``convgui``: opens the window, or does without one what its first argument says."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from convgui import console
from convgui.export.atomic import WriteError

USAGE = """\
usage: convgui [--reset-settings] [IMAGE|SESSION]      open the window
       convgui compare [IMAGE] [options]       compare without a window; see compare --help
       convgui --info | --version | --help

Opens an image, convolves it exactly, differentially and by LSH, and shows what each gives,
what it costs and where it errs.

  IMAGE             an image to open
  SESSION           a session to open, saved as NAME.convgui
  --reset-settings  forget window layout, parameters and recent files
  --info            versions, instruction-set level and paths
  --version         the version
  --help            this text
"""
RESET = "--reset-settings"


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the program; gives the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    console.prepare()
    try:
        return _dispatch(arguments)
    except BrokenPipeError:
        # Whoever read the output has enough.
        console.silence()
        return 1
    except WriteError as error:
        return console.fail(error)
    except KeyboardInterrupt:
        console.fail("stopped")
        return 130


def _dispatch(arguments: list[str]) -> int:
    comparing = arguments[:1] == ["compare"]
    if not comparing and ("--help" in arguments or "-h" in arguments):
        console.say(USAGE)
        return 0
    if not comparing and "--version" in arguments:
        from convgui import about

        console.say(f"convgui {about.version()}\n")
        return 0
    try:
        import_module("cyconv")
    except (ImportError, ValueError) as error:
        # Kernels that are not built, or a level that CYCONV_ISA asks for and that is not here.
        return console.fail(error)
    if comparing:
        from convgui import cli

        return cli.main(arguments[1:])
    if "--info" in arguments:
        from convgui import about

        console.say(f"{about.info()}\n")
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
        return console.fail(f"{wrong}; convgui --help lists what there is")
    if reason := headless.no_display():
        return headless.main(images[0] if images else None, reason)
    from convgui import app

    return app.run([*[RESET] * (RESET in plain), *(["--", *images] if images else [])])


if __name__ == "__main__":
    sys.exit(main())
