"""A whole decision model: inputs, decisions, knowledge, services and imports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import Element

from standpipe.dmn.document import read_definitions
from standpipe.dmn.faults import Fault
from standpipe.dmn.feel.calling import call, closure
from standpipe.dmn.feel.evaluation import Closure
from standpipe.dmn.feel.functions.temporal import MOMENT
from standpipe.dmn.feel.names import Names, normal_name
from standpipe.dmn.feel.scope import Scope, TooMuchWork, Watch
from standpipe.dmn.feel.token_reader import BUILTIN_SCOPE
from standpipe.dmn.feel.types import FeelType, FunctionType
from standpipe.dmn.feel.values import Function, from_python
from standpipe.dmn.full.boxed import Boxes, of_type
from standpipe.dmn.full.item_types import ItemTypes

_KINDS: Final = ("inputData", "decision", "businessKnowledgeModel", "decisionService")
_MAX_IMPORTS: Final = 20


@dataclass(frozen=True, slots=True)
class Key:
    """An element of a model, by the namespace of the model and the element's id."""

    namespace: str
    id: str


@dataclass
class Evaluation:
    """One run: the inputs given, what was found so far, and why something is null."""

    inputs: Mapping[Key, Any]
    watch: Watch
    moment: Any
    found: dict[Key, Any] = field(default_factory=dict)
    under_way: set[Key] = field(default_factory=set)


class FullModel:
    """
    A model with everything that it imports.

    `imports` gives the bytes of an imported model by its namespace; it may raise KeyError.
    """

    def __init__(
        self,
        xml: bytes,
        name: str,
        *,
        imports: Callable[[str], bytes] | None = None,
        strict: bool = False,
        _depth: int = 0,
    ) -> None:
        self.file = name
        root = read_definitions(xml, file=name)
        self.namespace = root.get("namespace", "")
        self.imported: dict[str, FullModel] = {}
        for one in root.findall("import"):
            self._import(one, imports, strict, _depth)
        self.types: ItemTypes = ItemTypes(
            root, {alias: one.types for alias, one in self.imported.items()}
        )
        self.boxes = Boxes(self.types, file=name, strict=strict)
        self.elements = {
            Key(self.namespace, element.get("id") or element.get("name") or ""): element
            for element in root
            if element.tag in _KINDS
        }
        self._own = dict(self.elements)
        self._member_names = self.types.component_names() | _names_within(root)
        for model in self.imported.values():
            self.elements |= model.elements
            self._member_names |= model._member_names
        self._logic: dict[Key, Closure] = {}

    def _import(
        self,
        element: Element,
        imports: Callable[[str], bytes] | None,
        strict: bool,
        depth: int,
    ) -> None:
        namespace = element.get("namespace", "")
        if imports is None or depth >= _MAX_IMPORTS:
            return
        try:
            xml = imports(namespace)
        except KeyError:
            return
        alias = normal_name(element.get("name", ""))
        self.imported[alias] = FullModel(
            xml, namespace, imports=imports, strict=strict, _depth=depth + 1
        )

    # Finding elements

    def key(self, name: str, *kinds: str, namespace: str | None = None) -> Key | None:
        """Return the element of a name and of one of these kinds, this model's own first."""
        for elements in (self._own, self.elements):
            for key, element in elements.items():
                if (
                    element.tag in kinds
                    and name in (element.get("name"), key.id)
                    and namespace in (None, key.namespace)
                ):
                    return key
        return None

    def _owner(self, key: Key) -> FullModel:
        if key in self._own:
            return self
        return next(model for model in self.imported.values() if key in model.elements)._owner(key)

    def _alias(self, key: Key) -> str | None:
        """Return the name under which an import brings an element; None if it is our own."""
        if key in self._own:
            return None
        return next((name for name, model in self.imported.items() if key in model.elements), None)

    def _target(self, href: str) -> Key:
        namespace, _, identifier = href.rpartition("#")
        return Key(namespace or self.namespace, identifier)

    def _required(self, element: Element) -> list[Key]:
        return [
            key
            for requirement in element
            if requirement.tag in ("informationRequirement", "knowledgeRequirement")
            for target in requirement
            if (key := self._target(target.get("href", ""))) in self.elements
        ]

    def inputs_of(self, key: Key) -> list[Key]:
        """Return the input data that a decision needs, its own and those of what it requires."""
        found: list[Key] = []
        waiting, seen = [key], {key}
        while waiting:
            current = waiting.pop(0)
            element = self.elements[current]
            if element.tag == "inputData":
                found.append(current)
            for needed in self._owner(current)._required(element):
                if needed not in seen:
                    seen.add(needed)
                    waiting.append(needed)
        return found

    def type_of(self, key: Key) -> FeelType | None:
        """Return the type of an input's or decision's variable; None if it has none."""
        return self._owner(key)._type(self.elements[key])

    def faults(self) -> list[Fault]:
        """Compile everything, and return what is not FEEL in it."""
        for key, element in self._own.items():
            if element.tag in ("decision", "businessKnowledgeModel"):
                self._logic_of(key)
        found = list(self.boxes.faults)
        for model in self.imported.values():
            found += model.faults()
        return found

    # Evaluating

    def evaluation(self, inputs: Mapping[Key, Any] | None = None, *, at: Any = None) -> Evaluation:
        """Begin a run; `at` is the moment that now() and today() tell."""
        return Evaluation(inputs or {}, Watch(), at)

    def evaluate(self, key: Key, run: Evaluation) -> Any:
        """Return the value of a decision or input, or the function of a knowledge model."""
        if key in run.found:
            return run.found[key]
        if key in run.under_way:
            run.watch.notes.append("the decisions go round in a circle")
            return None
        run.under_way.add(key)
        try:
            value = self._owner(key)._evaluate(key, run)
        except (TooMuchWork, RecursionError) as error:
            run.watch.notes.append(str(error))
            run.watch.gave_up = str(error)
            value = None
        finally:
            run.under_way.discard(key)
        run.found[key] = value
        return value

    def _evaluate(self, key: Key, run: Evaluation) -> Any:
        element = self._own[key]
        scope = Scope({MOMENT: run.moment}, watch=run.watch)
        if element.tag == "inputData":
            return of_type(from_python(run.inputs.get(key)), self._type(element), scope, key.id)
        if element.tag == "decisionService":
            return self._service(element, run)
        inner = scope.inner(self._required_values(element, run))
        if element.tag == "businessKnowledgeModel":
            return self._knowledge(key, element, inner)
        return of_type(self._logic_of(key)(inner), self._type(element), scope, key.id)

    def _type(self, element: Element) -> FeelType | None:
        variable = element.find("variable")
        return None if variable is None else self.types.reference(variable.get("typeRef"))

    def _required_values(self, element: Element, run: Evaluation) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key in self._required(element):
            target = self.elements[key]
            name = normal_name(target.get("name", ""))
            alias = self._alias(key)
            found = self.evaluate(key, run)
            if alias:
                values.setdefault(alias, {})[name] = found
            else:
                values[name] = found
        return values

    def _names(self, element: Element) -> Names:
        members = Names(self._member_names, outer=BUILTIN_SCOPE)
        names = members.inner()
        for key in self._required(element):
            alias, name = self._alias(key), self.elements[key].get("name") or ""
            names.add(alias or name)
            if alias:
                members.add(name)
        return names

    def _logic_of(self, key: Key) -> Closure:
        if key not in self._logic:
            element = self._own[key]
            parent = element
            self.boxes.owner = element.get("name")
            if element.tag == "businessKnowledgeModel":
                logic = element.find("encapsulatedLogic")
                parent = element if logic is None else logic
            self._logic[key] = self.boxes.boxed_in(parent, self._names_of_logic(element))
        return self._logic[key]

    def _names_of_logic(self, element: Element) -> Names:
        names = self._names(element)
        logic = element.find("encapsulatedLogic")
        if logic is not None:
            for parameter in logic.findall("formalParameter"):
                names.add(parameter.get("name", ""))
            # A function may call itself.
            names.add(element.get("name", ""))
        return names

    def _knowledge(self, key: Key, element: Element, scope: Scope) -> Any:
        logic = element.find("encapsulatedLogic")
        if logic is None:
            return scope.note("the knowledge model holds no logic")
        name = normal_name(element.get("name", ""))
        if logic.get("kind", "FEEL") != "FEEL":
            return self.boxes.boxed(logic, self._names_of_logic(element))(scope)
        parameters = logic.findall("formalParameter")
        itself: dict[str, Any] = {}
        function = closure(
            tuple(normal_name(one.get("name", "")) for one in parameters),
            tuple(self.types.reference(one.get("typeRef")) for one in parameters),
            self._logic_of(key),
            scope.inner(itself),
            name=name,
            result=self._result_type(element, logic),
        )
        itself[name] = function
        return function

    def _result_type(self, element: Element, logic: Element) -> FeelType | None:
        declared = self._type(element)
        if isinstance(declared, FunctionType):
            return declared.result
        return declared or self.types.reference(logic.get("typeRef"))

    # Services

    def _service(self, element: Element, run: Evaluation) -> Function:
        def keys(name: str) -> list[Key]:
            targets = (self._target(one.get("href", "")) for one in element.findall(name))
            return [key for key in targets if key in self.elements]

        parameters = [*keys("inputData"), *keys("inputDecision")]
        outputs = keys("outputDecision")

        def serve(arguments: Any, scope: Scope) -> Any:
            given = dict(zip(parameters, arguments, strict=True))
            inner = Evaluation(given, scope.watch, run.moment)
            inner.found |= given
            results = {
                normal_name(self.elements[key].get("name", "")): self.evaluate(key, inner)
                for key in outputs
            }
            if len(results) == 1:
                return next(iter(results.values()))
            return results

        return Function(
            name=element.get("name", ""),
            parameters=tuple(normal_name(self.elements[key].get("name", "")) for key in parameters),
            call=serve,
            types=tuple(self._owner(key)._type(self.elements[key]) for key in parameters),
            result=self._type_of_service(element),
        )

    def _type_of_service(self, element: Element) -> FeelType | None:
        declared = self._type(element)
        return declared.result if isinstance(declared, FunctionType) else declared

    def invoke(self, key: Key, named: Mapping[str, Any], run: Evaluation) -> Any:
        """Call a knowledge model or service with arguments by name; those not given are null."""
        function = self.evaluate(key, run)
        given = {normal_name(name): from_python(value) for name, value in named.items()}
        parameters = function.parameters if isinstance(function, Function) else ()
        arguments = {name: given.get(name) for name in parameters}
        scope = Scope({MOMENT: run.moment}, watch=run.watch)
        try:
            return call(function, [], arguments or None, scope)
        except (TooMuchWork, RecursionError) as error:
            return scope.note(str(error))


def _names_within(root: Element) -> set[str]:
    """Return every name by which a path or filter in the model may reach into a value."""
    names: set[str] = set()
    for element in root.iter():
        if element.tag in ("variable", "column", "output"):
            names.add(element.get("name") or "")
    return names - {""}
