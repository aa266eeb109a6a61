"""Who coordinates whom, as a tree."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from leitbild.models import OrganisationUnit


@dataclass
class Node:
    unit: OrganisationUnit
    below: list["Node"] = field(default_factory=list)


def tree(units: Iterable[OrganisationUnit]) -> list[Node]:
    """Units under the one that coordinates them, each once, in the order given.

    Units that nobody coordinates are roots. So is the first of a circle, which the model forbids but data may bring.
    """
    nodes = {unit.pk: Node(unit) for unit in units}
    roots = [node for node in nodes.values() if node.unit.coordinated_by_id not in nodes]
    placed: set[int] = set()
    _place(roots, nodes, placed)
    for pk, node in nodes.items():
        if pk not in placed:
            roots.append(node)
            _place([node], nodes, placed)
    return roots


def _place(level: list[Node], nodes: dict[int, Node], placed: set[int]) -> None:
    waiting = list(level)
    placed |= {node.unit.pk for node in level}
    while waiting:
        node = waiting.pop()
        node.below = [
            other for pk, other in nodes.items() if other.unit.coordinated_by_id == node.unit.pk and pk not in placed
        ]
        placed |= {below.unit.pk for below in node.below}
        waiting += node.below
