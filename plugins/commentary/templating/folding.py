"""
What is the same on every page is worked into the code of the templates when they are compiled.

`{{ site.name }}` and `{{ _("Topics") }}` become text like the text around them, and of a sentence that is only partly
known (`{% trans %}`) no more is left to do than to print the rest. What a template prints does not change by it.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context, Macro, Undefined
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from commentary.dates import PartialDate
from commentary.standing import VerdictView
from commentary.views import Ref, SourceView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jinja2 import Environment

_SENTENCES = frozenset({"_", "gettext"})
_FACTS = frozenset({str, int, bool, type(None), date, PartialDate, Ref, SourceView, VerdictView})  # quick to compare
_REMEMBERED = 1 << 15
_HOLE = re.compile(r"%\((\w+)\)s")


def folding(env: Environment, constants: Mapping[str, object], translate: Callable[[str], str]) -> Environment:
    """The same environment, with templates of its own, that compiles them so and looks for no changes of them.

    `constants`: what every page gets by these names. A template that gives one of them another meaning is compiled as
    it stands. The environment has to escape what templates print.
    """

    class Folding(CodeGenerator):  # its methods' names are Jinja's
        def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:
            super().visit_Template(_Folder(own, constants, translate).visit(node), frame)

        def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
            if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
                self.write("environment.printed(")
            else:
                super()._output_child_pre(node, frame, finalize)

    class Remembering(Context):
        """A context that asks a macro once about the same few facts: it would only say the same again."""

        def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
            if called.__class__ is not Macro:
                return super().call(called, *args, **kwargs)
            facts = args
            if kwargs:
                kwargs.pop("_block_vars", None)
                kwargs.pop("_loop_vars", None)
                facts = (*args, *kwargs.values())
            if _FACTS.issuperset(map(type, facts)) and self.eval_ctx.autoescape:
                return said(called, *args, **kwargs)
            return called(self.eval_ctx, *args, **kwargs)

    said = lru_cache(_REMEMBERED, typed=True)(lambda macro, *args, **kwargs: macro(*args, **kwargs))
    own = env.overlay(auto_reload=False, cache_size=-1)
    own.globals = {**env.globals, **constants}
    own.extend(printed=_printed)
    # Every page, import and include looks through all globals of a template, which is quickest in a plain dictionary.
    own.make_globals = lambda d: {**own.globals, **(d or {})}  # type: ignore[method-assign]
    own.context_class = Remembering
    own.code_generator_class = Folding
    return own


def _printed(value: Any) -> str:
    """The value escaped; what is HTML already is not copied, as Markupsafe would."""
    return value if value.__class__ is Markup else escape(value)


class _Folder(NodeTransformer):
    """Folds the syntax tree of a template; the methods' names are Jinja's."""

    def __init__(self, env: Environment, constants: Mapping[str, object], translate: Callable[[str], str]) -> None:
        self.env = env
        self.constants = constants
        self.translate = translate

    def visit_Template(self, node: nodes.Template) -> nodes.Node:
        return self.generic_visit(node) if (self.constants.keys() | _SENTENCES).isdisjoint(_given(node)) else node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:
        of = node.node
        if not isinstance(of, nodes.Name) or of.name not in self.constants:
            return self.generic_visit(node)
        value = self.env.getattr(self.constants[of.name], node.attr)
        return node if isinstance(value, Undefined) else self._constant(value, node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        if (sentence := self._sentence(node)) is None:
            return node
        try:
            whole = sentence % {each.key: escape(each.value.as_const()) for each in node.kwargs}
        except (nodes.Impossible, LookupError, TypeError, ValueError):  # not known yet, or wrong: it fails on its page
            return node
        return nodes.MarkSafe(self._constant(whole, node), lineno=node.lineno, environment=self.env)

    def visit_Output(self, node: nodes.Output) -> nodes.Node:
        node.nodes = [part for child in node.nodes for part in self._parts(self.visit(child))]
        return node

    def _parts(self, node: nodes.Expr) -> list[nodes.Expr]:
        """What to print one after the other, in place of a sentence with holes: its words, and what fills the holes."""
        if not isinstance(node, nodes.Call) or (sentence := self._sentence(node)) is None:
            return [node]
        words = _HOLE.split(sentence)  # "by %(name)s" -> "by ", "name", ""
        filling = {each.key: each.value for each in node.kwargs}
        if "%" in "".join(words[::2]) or not filling.keys() >= set(words[1::2]):
            return [node]
        data = (nodes.TemplateData(text, lineno=node.lineno, environment=self.env) for text in words[::2])
        return [next(data), *(part for name in words[1::2] for part in (filling[name], next(data)))]

    def _sentence(self, node: nodes.Call) -> str | None:
        """The words of a sentence in the site's language; None: the call is of something else."""
        if not isinstance(node.node, nodes.Name) or node.node.name not in _SENTENCES:
            return None
        match node.args:
            case [nodes.Const(value=str(text))] if not node.dyn_args and not node.dyn_kwargs:
                return self.translate(text)
        return None

    def _constant(self, value: object, node: nodes.Expr) -> nodes.Expr:
        try:
            return nodes.Const.from_untrusted(value, lineno=node.lineno, environment=self.env)
        except nodes.Impossible:  # no literal of Python makes it
            return node


def _given(node: nodes.Template) -> Iterator[str]:
    """Every name that a template gives a meaning."""
    for name in node.find_all(nodes.Name):
        if name.ctx != "load":
            yield name.name
    for macro in node.find_all(nodes.Macro):
        yield macro.name
    for module in node.find_all(nodes.Import):
        yield module.target
    for names in node.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in names.names)
