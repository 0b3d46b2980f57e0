"""The techniques: one file each, a frozen record with its run and its cost model."""

from .differential import Differential
from .exact import Exact
from .lowrank import LowRank
from .lsh import LSH
from .references import Frame
from .technique import Batched, Technique

__all__ = ["LSH", "Batched", "Differential", "Exact", "Frame", "LowRank", "Technique"]
