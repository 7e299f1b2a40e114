"""Boxed expressions (DMN 1.5, chapter 7.3 and 10.2) to closures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from xml.etree.ElementTree import Element

from standpipe.dmn.document import text_of
from standpipe.dmn.faults import Fault
from standpipe.dmn.feel.calling import call, closure
from standpipe.dmn.feel.errors import FeelSyntaxError
from standpipe.dmn.feel.evaluation import Closure, Compiler
from standpipe.dmn.feel.external import external_function
from standpipe.dmn.feel.filtering import filtered
from standpipe.dmn.feel.iteration import domain, iterate, quantify
from standpipe.dmn.feel.names import Names, normal_name
from standpipe.dmn.feel.parser import parse_expression, parse_unary_tests
from standpipe.dmn.feel.scope import Scope
from standpipe.dmn.feel.types import FeelType, NotOfType, UnknownType, converted
from standpipe.dmn.full.item_types import ItemTypes
from standpipe.dmn.full.tables import compile_table
from standpipe.dmn.sayings import Saying

_NOT_EXPRESSIONS: Final = frozenset(
    {"variable", "description", "extensionElements", "formalParameter", "parameter", "column"}
)


class Boxes:
    """
    Compiles the boxed expressions of one model; `faults` gathers what is not FEEL in them.

    A `strict` one finds fault with names that are not known, which FEEL itself takes for null.
    """

    def __init__(self, types: ItemTypes, *, file: str, strict: bool = False) -> None:
        self.types = types
        self.compiler = Compiler(types.named)
        self.faults: list[Fault] = []
        self.file = file
        self.strict = strict
        # Where the compiler is: the decision, and in a table the row and the cell.
        self.owner: str | None = None
        self.row: int | None = None
        self.cell: str | None = None

    def _fault(self, text: str, error: Exception) -> Closure:
        why: object = str(error)
        how = Saying("how.feel")
        if isinstance(error, FeelSyntaxError):
            why, how = error.message, error.mend
        parts = {"text": text[:80], "why": why, "how": how}
        self.faults.append(Fault(self.file, self.owner, self.row, self.cell, "not_feel", parts))
        return _null(str(error))

    # FEEL

    def expression(self, text: str | None, names: Names) -> Closure:
        """Compile FEEL text; what is none gives null and is noted as a fault."""
        if not text:
            return _null("there is no expression")
        try:
            node = parse_expression(text, names=names, only_known=self.strict)
            return self.compiler.compile(node)
        except (FeelSyntaxError, UnknownType, RecursionError) as error:
            return self._fault(text, error)

    def tests(self, text: str, names: Names) -> Callable[[Scope, Any], bool | None]:
        """Compile the unary tests of a cell; what is none never holds and is noted as a fault."""
        try:
            tests = parse_unary_tests(text, names=names, only_known=self.strict)
            return self.compiler.unary_tests(tests)
        except (FeelSyntaxError, UnknownType, RecursionError) as error:
            self._fault(text, error)
            return lambda scope, value: None

    # Boxes

    def boxed_in(self, parent: Element | None, names: Names) -> Closure:
        """Compile the expression that an element holds; null if it holds none."""
        if parent is not None:
            for child in parent:
                if child.tag not in _NOT_EXPRESSIONS and child.tag in _BOXES:
                    return self.boxed(child, names)
        return _null("there is no expression")

    def boxed(self, element: Element, names: Names) -> Closure:
        """Compile one boxed expression."""
        return _BOXES[element.tag](self, element, names)

    def literal(self, element: Element, names: Names) -> Closure:
        return self.expression(text_of(element), names)

    def context(self, element: Element, names: Names) -> Closure:
        inner = names.inner()
        entries: list[tuple[str | None, Closure, FeelType | None]] = []
        for entry in element.findall("contextEntry"):
            variable = entry.find("variable")
            value = self.boxed_in(entry, inner)
            if variable is None:
                entries.append((None, value, None))
                continue
            name = normal_name(variable.get("name", ""))
            inner.add(name)
            entries.append((name, value, self.types.reference(variable.get("typeRef"))))

        def build(scope: Scope) -> Any:
            values: dict[str, Any] = {}
            within = scope.inner(values)
            for name, value, wanted in entries:
                found = value(within)
                if name is None:
                    return found
                values[name] = of_type(found, wanted, scope, name)
            return values

        return build

    def invocation(self, element: Element, names: Names) -> Closure:
        function = self.boxed_in(element, names)
        bindings = []
        for binding in element.findall("binding"):
            parameter = binding.find("parameter")
            name = "" if parameter is None else normal_name(parameter.get("name", ""))
            bindings.append((name, self.boxed_in(binding, names)))

        def invoke(scope: Scope) -> Any:
            named = {name: value(scope) for name, value in bindings}
            return call(function(scope), [], named or None, scope)

        return invoke

    def list(self, element: Element, names: Names) -> Closure:
        items = [self.boxed(item, names) for item in element if item.tag in _BOXES]
        return lambda scope: [item(scope) for item in items]

    def relation(self, element: Element, names: Names) -> Closure:
        columns = [normal_name(one.get("name", "")) for one in element.findall("column")]
        rows = [
            [self.boxed(cell, names) for cell in row if cell.tag in _BOXES]
            for row in element.findall("row")
        ]

        def build(scope: Scope) -> Any:
            return [dict(zip(columns, (cell(scope) for cell in row), strict=False)) for row in rows]

        return build

    def function(self, element: Element, names: Names) -> Closure:
        """Compile a function definition: FEEL, or one of the few external functions known."""
        parameters = element.findall("formalParameter")
        parameter_names = tuple(normal_name(one.get("name", "")) for one in parameters)
        types = tuple(self.types.reference(one.get("typeRef")) for one in parameters)
        body = self.boxed_in(element, names.inner(parameter_names))
        if element.get("kind", "FEEL") != "FEEL":
            return lambda scope: external_function(body(scope), parameter_names, scope)
        return lambda scope: closure(parameter_names, types, body, scope)

    def conditional(self, element: Element, names: Names) -> Closure:
        condition, then, otherwise = (
            self.boxed_in(element.find(part), names) for part in ("if", "then", "else")
        )

        def choose(scope: Scope) -> Any:
            answer = condition(scope)
            if answer is not None and not isinstance(answer, bool):
                return scope.note("the condition is no boolean")
            return then(scope) if answer else otherwise(scope)

        return choose

    def filter(self, element: Element, names: Names) -> Closure:
        items = self.boxed_in(element.find("in"), names)
        condition = self.boxed_in(element.find("match"), names.inner(("item",)))
        return lambda scope: filtered(items(scope), condition, scope, strict=True)

    def loop(self, element: Element, names: Names) -> Closure:
        name = normal_name(element.get("iteratorVariable", ""))
        items = self.boxed_in(element.find("in"), names)
        body = self.boxed_in(element.find("return"), names.inner((name, "partial")))
        return iterate([(name, lambda scope: domain(items(scope), scope))], body)

    def quantified(self, element: Element, names: Names) -> Closure:
        name = normal_name(element.get("iteratorVariable", ""))
        items = self.boxed_in(element.find("in"), names)
        condition = self.boxed_in(element.find("satisfies"), names.inner((name,)))
        return quantify(
            [(name, lambda scope: domain(items(scope), scope))],
            condition,
            wanted=element.tag == "some",
            strict=True,
        )

    def table(self, element: Element, names: Names) -> Closure:
        return compile_table(self, element, names)


_BOXES: Final[dict[str, Callable[[Boxes, Element, Names], Closure]]] = {
    "literalExpression": Boxes.literal,
    "context": Boxes.context,
    "invocation": Boxes.invocation,
    "list": Boxes.list,
    "relation": Boxes.relation,
    "functionDefinition": Boxes.function,
    "encapsulatedLogic": Boxes.function,
    "conditional": Boxes.conditional,
    "filter": Boxes.filter,
    "for": Boxes.loop,
    "some": Boxes.quantified,
    "every": Boxes.quantified,
    "decisionTable": Boxes.table,
}


def _null(reason: str) -> Closure:
    return lambda scope: scope.note(reason)


def of_type(value: Any, wanted: FeelType | None, scope: Scope, name: str) -> Any:
    """Return a value converted to a type; None, with a note, if it cannot be."""
    if wanted is None:
        return value
    try:
        return converted(value, wanted)
    except NotOfType as error:
        return scope.note(f"{name}: {error}")
