"""What is kept about the answering of an item? One module for each of its sides."""

from bluelamp.assurance.models.closing import Dispute, ItemTheme, SignOff, Watch
from bluelamp.assurance.models.delivery import (
    Action,
    ActionDependency,
    Answer,
    Comment,
    Handling,
    Response,
    Step,
    TargetChange,
)
from bluelamp.assurance.models.returns import (
    AnswerLink,
    Notification,
    Round,
    RoundRequest,
    StatutoryEntry,
    StatutoryResponse,
)
from bluelamp.assurance.models.templates import TemplateDecision, TemplateReturn, TemplateSent
from bluelamp.assurance.models.testing import AuditTest, Evidence, Opinion, Position, Review

__all__ = [
    "Action",
    "ActionDependency",
    "Answer",
    "AnswerLink",
    "AuditTest",
    "Comment",
    "Dispute",
    "Evidence",
    "Handling",
    "ItemTheme",
    "Notification",
    "Opinion",
    "Position",
    "Response",
    "Review",
    "Round",
    "RoundRequest",
    "SignOff",
    "StatutoryEntry",
    "StatutoryResponse",
    "Step",
    "TargetChange",
    "TemplateDecision",
    "TemplateReturn",
    "TemplateSent",
    "Watch",
]
