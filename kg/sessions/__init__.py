"""Plans of sessions: what is chosen, how long it takes, and how a plan is written down."""

from kg.sessions.documents import blocks_as_html, html, markdown
from kg.sessions.material import Activity, HybridRule, Material, Prompt, material
from kg.sessions.naming import difficulty_named, factor_named
from kg.sessions.plan_files import as_json, reopened
from kg.sessions.plans import Block, CaseExample, Plan, Step, offered, plan
from kg.sessions.schedule import LONGEST, SHORTEST
from kg.sessions.settings import MODES, Settings

__all__ = [
    "LONGEST",
    "MODES",
    "SHORTEST",
    "Activity",
    "Block",
    "CaseExample",
    "HybridRule",
    "Material",
    "Plan",
    "Prompt",
    "Settings",
    "Step",
    "as_json",
    "blocks_as_html",
    "difficulty_named",
    "factor_named",
    "html",
    "markdown",
    "material",
    "offered",
    "plan",
    "reopened",
]
