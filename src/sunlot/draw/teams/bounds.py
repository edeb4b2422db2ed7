"""What a flow may carry on each arc, narrowed step by step until only the fairest probabilities are left."""

import numpy as np

from sunlot.draw.teams.arcs import Arcs
from sunlot.draw.teams.flow import Numbers


class Bounds:
    """Lower and upper bounds of all arcs, as arrays."""

    def __init__(self, arcs: Arcs) -> None:
        self.arcs = arcs
        self.lowers = np.asarray(arcs.lowers, dtype=np.int64)
        self.uppers = np.asarray(arcs.uppers, dtype=np.int64)

    def scaled(self, unit: int) -> "Bounds":
        """Return the same bounds in units of 1/unit."""
        other = Bounds(self.arcs)
        other.lowers, other.uppers = self.lowers * unit, self.uppers * unit
        return other

    def limit_loads(self, load: int) -> "Bounds":
        """Return bounds in which nobody makes more than `load` visits."""
        other = self.scaled(1)
        into_sink = np.asarray(self.arcs.heads) == self.arcs.sink
        other.uppers[into_sink] = np.minimum(other.uppers[into_sink], load)
        return other

    def set_edges(self, lowers: Numbers, uppers: Numbers) -> None:
        self.lowers[self.arcs.edge_at], self.uppers[self.arcs.edge_at] = lowers, uppers

    def raise_to(self, free: Numbers, lower: int, upper: int) -> None:
        """Give every free edge these bounds."""
        at = np.asarray(self.arcs.edge_at)[free]
        self.lowers[at], self.uppers[at] = lower, upper
