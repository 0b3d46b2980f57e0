"""Reading images behind a fence: a process of its own, bounded in memory and time.

Decoders are large, and files are hostile: what kills or hangs a decoder must not reach whoever
asked. The other process gets a path or bytes, and gives pixels or a reason; nothing that it
sends is ever executed.
"""

from convgui.fence.fence import FENCE, Fence

read_image = FENCE.read_image

__all__ = ["FENCE", "Fence", "read_image"]
