"""The desk's own source as syntax trees, for tests that ask what it may contain."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
DESK = ROOT / "desk"
GENERATED = DESK / "migrations" / "history"


@dataclass(frozen=True)
class Module:
    """`name` is the path below the root: desk/tickets/rules/states.py."""

    name: str
    text: str

    @property
    def package(self) -> str:
        """tickets, for everything below desk/tickets; the file's own name for what stands in desk/ itself."""
        return self.name.split("/")[1].removesuffix(".py")

    @property
    def place(self) -> str:
        """rules, for everything below desk/tickets/rules and for desk/journal/rules.py."""
        parts = self.name.split("/")
        return parts[2].removesuffix(".py") if len(parts) > 2 else ""

    @property
    def tree(self) -> ast.Module:
        return _tree(self)

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def strings(self) -> Iterator[str]:
        """Every text in the code that is no docstring; of an f-string its fixed parts."""
        told = {id(node.body[0].value) for node in self.nodes(ast.Module, *FUNCTIONS, ast.ClassDef) if _is_told(node)}
        for node in self.nodes(ast.Constant):
            if isinstance(node.value, str) and id(node) not in told:
                yield node.value

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        return self.nodes(*FUNCTIONS)


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def modules(top: str = "desk") -> list[Module]:
    """What people wrote below a folder; generated migrations left out."""
    paths = (path for path in sorted((ROOT / top).rglob("*.py")) if GENERATED not in path.parents)
    return [Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


@cache
def _tree(module: Module) -> ast.Module:
    return ast.parse(module.text)


def _is_told(node: ast.AST) -> bool:
    return ast.get_docstring(node, clean=False) is not None
