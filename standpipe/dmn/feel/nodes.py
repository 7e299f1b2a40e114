"""The syntax tree of FEEL; a node says what was written and nothing of what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

ComparisonOperator = Literal["=", "!=", "<", "<=", ">", ">="]
ArithmeticOperator = Literal["+", "-", "*", "/", "**"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, text, boolean or null."""

    value: Decimal | str | bool | None


@dataclass(frozen=True, slots=True)
class AtLiteral:
    """A date, time, date and time, or duration written as `@"…"`."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A variable or function; spaces within the name are single."""

    name: str


@dataclass(frozen=True, slots=True)
class Path:
    """`of.name`"""

    of: Node
    name: str


@dataclass(frozen=True, slots=True)
class Arithmetic:
    operator: ArithmeticOperator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Negation:
    """Unary minus."""

    of: Node


@dataclass(frozen=True, slots=True)
class Comparison:
    operator: ComparisonOperator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Both:
    """`left and right`"""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Either:
    """`left or right`"""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between:
    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In:
    """`value in tests`; true when one of the tests holds."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class TypeName:
    """A type as written: `list<number>` is list with one parameter."""

    name: str
    parameters: tuple[TypeName, ...] = ()
    members: tuple[tuple[str, TypeName], ...] = ()


@dataclass(frozen=True, slots=True)
class InstanceOf:
    value: Node
    type: TypeName


@dataclass(frozen=True, slots=True)
class Conditional:
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iterator:
    """`name in domain`, or `name in domain..until` where `until` is not None."""

    name: str
    domain: Node
    until: Node | None = None


@dataclass(frozen=True, slots=True)
class For:
    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified:
    kind: Literal["some", "every"]
    iterators: tuple[Iterator, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class Filter:
    """`of[condition]`"""

    of: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function called with arguments by position, or all by name."""

    function: Node
    arguments: tuple[Node, ...]
    named: tuple[tuple[str, Node], ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: TypeName | None = None


@dataclass(frozen=True, slots=True)
class FunctionLiteral:
    parameters: tuple[Parameter, ...]
    body: Node
    external: bool = False


@dataclass(frozen=True, slots=True)
class ContextLiteral:
    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class ListLiteral:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class RangeLiteral:
    """`[low..high]`; a bound that is None is open-ended, as in `(>= 5)`."""

    low: Node | None
    high: Node | None
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class UnaryComparison:
    """A test without its subject: `>= 8`."""

    operator: ComparisonOperator
    operand: Node


@dataclass(frozen=True, slots=True)
class UnaryTests:
    """A decision-table cell; no tests at all means `-`: anything will do."""

    tests: tuple[Node, ...]
    negated: bool = False


Node = (
    Constant
    | AtLiteral
    | Name
    | Path
    | Arithmetic
    | Negation
    | Comparison
    | Both
    | Either
    | Between
    | In
    | InstanceOf
    | Conditional
    | For
    | Quantified
    | Filter
    | Call
    | FunctionLiteral
    | ContextLiteral
    | ListLiteral
    | RangeLiteral
    | UnaryComparison
    | UnaryTests
)
