"""The docks and tabs: signals out, show_* in; a setter never emits."""
