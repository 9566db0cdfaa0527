"""Plans of sessions: what is chosen, how long it takes, what is changed by hand, and how a plan is kept."""

from kg.sessions import editing
from kg.sessions.addresses import LONGEST_ADDRESS, blocks_as_text, blocks_in, settings_in, slots
from kg.sessions.aims import choices_in
from kg.sessions.chat import for_chat
from kg.sessions.examples import CaseExample
from kg.sessions.material import Activity, HybridRule, Material, Prompt, Task, material
from kg.sessions.naming import difficulties_near, difficulty_named, factor_named
from kg.sessions.placed import BlockChoice
from kg.sessions.plan_files import (
    LARGEST_FILE,
    LONGEST_NOTE,
    LONGEST_TITLE,
    NOTICE,
    as_json,
    in_file,
    open_plan,
)
from kg.sessions.plans import (
    ActivityStep,
    Block,
    Plan,
    plan,
    plan_from_blocks,
    preferred_activities,
    with_words,
)
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
    "ActivityStep",
    "Block",
    "BlockChoice",
    "CaseExample",
    "HybridRule",
    "Material",
    "Plan",
    "Prompt",
    "ReadyMade",
    "Settings",
    "Task",
    "as_json",
    "blocks_as_text",
    "blocks_in",
    "choices_in",
    "difficulties_near",
    "difficulty_named",
    "editing",
    "factor_named",
    "for_chat",
    "in_file",
    "material",
    "open_plan",
    "plan",
    "plan_from_blocks",
    "preferred_activities",
    "ready_made",
    "settings_in",
    "slots",
    "with_words",
]
