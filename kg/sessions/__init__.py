"""Plans of sessions: what is chosen, how long it takes, what is changed by hand, and how a plan is kept."""

from kg.sessions import editing
from kg.sessions.addresses import LONGEST_ADDRESS, blocks_as_text, blocks_in, settings_in, slots
from kg.sessions.aims import offered
from kg.sessions.chat import for_chat
from kg.sessions.examples import CaseExample
from kg.sessions.material import Activity, HybridRule, Material, Prompt, Task, material
from kg.sessions.naming import difficulties_near, difficulty_named, factor_named
from kg.sessions.placed import Placed
from kg.sessions.plan_files import (
    LARGEST_FILE,
    LONGEST_NOTE,
    LONGEST_TITLE,
    NOTICE,
    as_json,
    in_file,
    reopened,
)
from kg.sessions.plans import Block, Plan, Step, built, plan, preferred, worded
from kg.sessions.ready_made import ReadyMade, ready_made
from kg.sessions.settings import LONGEST, MODES, SHORTEST, Settings

__all__ = [
    "LARGEST_FILE",
    "LONGEST",
    "LONGEST_ADDRESS",
    "LONGEST_NOTE",
    "LONGEST_TITLE",
    "MODES",
    "NOTICE",
    "SHORTEST",
    "Activity",
    "Block",
    "CaseExample",
    "HybridRule",
    "Material",
    "Placed",
    "Plan",
    "Prompt",
    "ReadyMade",
    "Settings",
    "Step",
    "Task",
    "as_json",
    "blocks_as_text",
    "blocks_in",
    "built",
    "difficulties_near",
    "difficulty_named",
    "editing",
    "factor_named",
    "for_chat",
    "in_file",
    "material",
    "offered",
    "plan",
    "preferred",
    "ready_made",
    "reopened",
    "settings_in",
    "slots",
    "worded",
]
