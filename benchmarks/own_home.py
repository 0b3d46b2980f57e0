"""A home of its own for a script's settings: a picture or a timing must not meet the user's.

Imported first, before anything asks where settings are kept.
"""

from __future__ import annotations

import os
import tempfile

HOME = tempfile.mkdtemp(prefix="convgui-own-")
os.environ.update(XDG_CONFIG_HOME=HOME, XDG_DATA_HOME=HOME, XDG_STATE_HOME=HOME)
