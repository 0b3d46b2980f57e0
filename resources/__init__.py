"""Files that convgui shows: icons and sample images. Installed as ``convgui.resources``."""
