"""How much damage a file may have, to be shown: from none at all to whatever there is."""

from __future__ import annotations

STRICT, WARN, TRUNCATED, ANYTHING = "strict", "warn", "truncated", "anything"
LEVELS = (STRICT, WARN, TRUNCATED, ANYTHING)
"""As libvips' ``fail_on`` has them. With each, more is shown; what is damaged is always marked."""
