"""Imports run one way: leaves, then stage rooms that do not know each other, then the run, then the command line."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "claims"
LEAVES = {"records", "errors", "text", "lang", "__init__"}
ROOMS = {"ingest", "dating", "attribute", "models", "embed", "retrieve", "score", "shift", "baseline", "gate", "report"}
# What a room may use of another: the gate works on baselines, and its Markdown speaks with the report's words.
ALLOWED = {("gate", "baseline"), ("gate", "config"), ("gate", "report")}
HEAVY = {"torch", "sentence_transformers", "transformers", "faiss", "trafilatura", "sklearn"}


def imports(path: Path, top_only: bool = False) -> set[str]:
    """Dotted names that a module imports, without what only type checking sees."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    nodes = tree.body if top_only else list(ast.walk(tree))
    found: set[str] = set()
    for node in nodes:
        if id(node) in hidden:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room(name: str) -> str | None:
    """The part of ``claims`` that a dotted name belongs to; None for other packages."""
    parts = name.split(".")
    return parts[1] if parts[0] == "claims" and len(parts) > 1 else None


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_rooms_do_not_know_each_other(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0].removesuffix(".py")
    used = {found for name in imports(path) if (found := room(name))} - {own}
    if own in LEAVES:
        assert used <= LEAVES | {"__version__"}, f"a leaf imports {used - LEAVES}"
    elif own in ROOMS:
        foreign = {other for other in used if other not in LEAVES and (own, other) not in ALLOWED}
        assert not foreign & (ROOMS | {"pipeline", "cli", "scoring", "extraction"}), f"{own} imports {foreign}"
    elif own not in ("cli", "__main__"):
        assert "cli" not in used


@pytest.mark.parametrize(
    "name",
    [
        "cli",
        "pipeline",
        "scoring",
        "extraction",
        "pairs",
        "console",
        "config",
        "manifest",
        "outputs",
        "lock",
        "doctor",
        "precheck",
    ],
)
def test_heavy_packages_are_imported_late(name: str) -> None:
    seen: set[Path] = set()
    start = ROOT / f"{name}.py" if (ROOT / f"{name}.py").exists() else ROOT / name / "__init__.py"
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in seen or not path.exists():
            continue
        seen.add(path)
        for dotted in imports(path, top_only=True):
            assert dotted.split(".")[0] not in HEAVY, f"{path.name} imports {dotted} at the top"
            if dotted.startswith("claims."):
                place = ROOT.joinpath(*dotted.split(".")[1:])
                waiting += [place.with_suffix(".py"), place / "__init__.py"]
    assert start in seen
