"""Jinja as the desk uses it: an environment for each language; plain sentences and includes are part of a template.

A page has some 700 outputs. `escape` of markupsafe 3 costs half a microsecond each, most of it for making a Markup that
is joined into a str at once; calling t() costs as much again, an include makes a context, and every output climbs
through all the blocks that it stands in. All four are saved here: a third of a page's rendering.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import markupsafe
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from desk.i18n import catalogue, say
from desk.web import signs

TEMPLATES = Path(__file__).parent.parent / "templates"
_unsafe = re.compile("[&<>\"']").search


def escape(value: Any) -> str:
    """As markupsafe does, but a str without unsafe signs stays what it is."""
    kind = type(value)
    if kind is Markup or (kind is str and _unsafe(value) is None):
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else markupsafe.escape(value)


class _Quick(CodeGenerator):
    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(" if _makes_markup(node) else "environment.escape(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Templates are given values with attributes; what a mapping holds is asked for as mapping["key"]."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """ui.sign(...), fields.text(...), t(...) are called without asking first whether they want the context."""
        match node:
            case nodes.Call(
                node=nodes.Getattr(node=nodes.Name(name="ui" | "fields")) | nodes.Name(name="t" | "kept"),
                dyn_args=None,
                dyn_kwargs=None,
            ) if not forward_caller:
                self.visit(node.node, frame)
                self.write("(")
                for given in (*node.args, *node.kwargs):
                    self.visit(given, frame)
                    self.write(", ")
                self.write(")")
            case _:
                super().visit_Call(node, frame, forward_caller=forward_caller)


def _makes_markup(node: nodes.Expr) -> bool:
    """ui.sign(...) and fields.text(...) are macros: what they make is escaped already."""
    match node:
        case nodes.Call(node=nodes.Getattr(node=nodes.Name(name="ui" | "fields"))):
            return True
    return False


class _Woven(NodeTransformer):
    """What is known when a template is compiled stands in it: plain sentences and the text of what it includes."""

    def __init__(self, environment: "Templates") -> None:
        self.environment, self.language = environment, environment.language

    def visit_Include(self, include: nodes.Include) -> nodes.Node:
        """In a scope of its own, as Jinja renders it, but without a context for each time around a loop."""
        match include:
            case nodes.Include(template=nodes.Const(value=str(name)), with_context=True, ignore_missing=False):
                return nodes.Scope(self.environment.body(name), lineno=include.lineno)
        return include

    def visit_CondExpr(self, choice: nodes.CondExpr) -> nodes.Node:
        """`x if y` says nothing otherwise, without making an Undefined that says nothing."""
        self.generic_visit(choice)
        choice.expr2 = choice.expr2 or nodes.Const("", lineno=choice.lineno)
        return choice

    def visit_Call(self, call: nodes.Call) -> nodes.Node:
        """t("key") of a sentence without gaps becomes the sentence, ui.icon of a name the sign. KeyError for an unknown
        key.
        """
        self.generic_visit(call)
        match call:
            case nodes.Call(
                node=nodes.Getattr(node=nodes.Name(name="ui"), attr="icon"),
                args=[nodes.Const(value=str(name))],
                kwargs=[],
            ):
                return nodes.Const(signs.icon(name), lineno=call.lineno)
            case nodes.Call(
                node=nodes.Name(name="t"), args=[nodes.Const(value=str(key))], kwargs=[], dyn_args=None, dyn_kwargs=None
            ) if plain(self.language, key):
                return nodes.Const(say(self.language, key), lineno=call.lineno)
        return call


def plain(language: str, key: str) -> bool:
    words = catalogue()[key]["zh" if language.startswith("zh") else "en"]
    return isinstance(words, str) and "{" not in words


class _Joined(Template):
    """A block hands up what it says as one piece."""

    @classmethod
    def from_code(cls, environment: Environment, code: CodeType, *rest: Any, **named: Any) -> Template:
        made = super().from_code(environment, code, *rest, **named)
        made.blocks = {name: _in_one(block) for name, block in made.blocks.items()}
        return made


def _in_one(block: Callable[[Context], Iterator[str]]) -> Callable[[Context], Iterator[str]]:
    return lambda context: iter(("".join(block(context)),))


class Templates(Environment):
    code_generator_class = _Quick
    template_class = _Joined
    escape = staticmethod(escape)

    def __init__(self, language: str) -> None:
        self.language = language
        super().__init__(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _Woven(self).visit(super()._parse(source, name, filename))
        return tree

    def body(self, name: str) -> list[nodes.Node]:
        """What an included template says, parsed as a template of its own."""
        assert self.loader is not None
        source, filename, _ = self.loader.get_source(self, name)
        return self._parse(source, name, filename).body
