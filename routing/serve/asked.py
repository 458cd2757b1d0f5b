"""What a program sends to the interface, and what it is told of papers and faults."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, computed_field

from routing.model.base import described

MOST_SETTINGS = 50
MOST_ANSWERS = 500
DAY = "A day, year-month-day; without it the day of the case."
Day = Annotated[str, described("A day, year-month-day.", max_length=20, examples=["2026-11-24"])]
DayOrNone = Annotated[str | None, described(DAY, max_length=20, examples=["2026-11-24"])]
Pathway = "A pathway: by id, name or usual word"
CaseFile = Annotated[
    dict[str, Any],
    described("A case as a case file says it: see `CaseFile` among the schemas."),
]
NeedOrNone = Annotated[
    str | None, described("Id of the need; may be left out where the case has one.", max_length=100)
]


class Sent(BaseModel):
    """What is sent takes no name that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Asked(Sent):
    """A case, and the day the answer is for."""

    case: CaseFile
    as_of: DayOrNone = None


class AskedRoute(Asked):
    """A case to route."""

    strict_dates: Annotated[
        bool, described("Take what a list last showed as not known of the days after it.")
    ] = False


class AskedWhy(Asked):
    """A pathway to explain."""

    pathway: Annotated[str | None, described(f"{Pathway}; the main step without.", max_length=100)] = None
    need: NeedOrNone = None


class AskedWhyNot(Asked):
    """A pathway that is not the answer."""

    pathway: Annotated[str, described(f"{Pathway}.", max_length=100)]
    need: NeedOrNone = None


Setting = Annotated[
    str,
    described(
        "A fact to set: `fact=value`, `need.fact=value` or `ties.instrument=in_force`; an empty "
        "value takes the fact out.",
        max_length=300,
        examples=["dual_criminality=no"],
    ),
]


class AskedWhatIf(Asked):
    """A case, and what would be otherwise in it."""

    settings: Annotated[list[Setting], described("The facts to set, all together.", max_length=MOST_SETTINGS)]


class AskedDays(Sent):
    """A case, and two days."""

    case: CaseFile
    first: Day
    second: Day


Value = Annotated[str, described("One value.")]


class Reply(Sent):
    """An answer of an interview."""

    fact: Annotated[str, described("What was asked: the `fact` of the question.", max_length=100)]
    value: Annotated[
        Value | Annotated[int, described("A number.")] | Annotated[list[Value], described("Several values.")],
        described("The answer: a value, several, or `unknown`."),
    ]
    need: Annotated[str | None, described("The `need` of the question.", max_length=100)] = None


class AskedStep(Sent):
    """What is known of a case, and the answers since. The server remembers nothing between two steps."""

    case: Annotated[
        dict[str, Any] | None,
        described("A case as `CaseFile` has it; an interview from the beginning without."),
    ] = None
    as_of: DayOrNone = None
    answers: Annotated[list[Reply], described("The answers so far, in order.", max_length=MOST_ANSWERS)] = []


class AskedText(Asked):
    """A case whose plan is to be written out."""

    form: Annotated[
        Literal["text", "markdown", "mermaid", "svg", "ics"],
        described("Text, Markdown, a picture as Mermaid or SVG, or calendar entries."),
    ] = "text"


Line = Annotated[str, described("One line.")]
Answered = Annotated[
    Line | Annotated[list[Line], described("Several lines.")],
    described("What the officer says, as one line or several."),
]


class AskedDraft(Asked):
    """A paper to draft."""

    step: Annotated[
        Annotated[str, described("Id of a step.")] | Annotated[int, described("Number of a step.")] | None,
        described("Number or id of a step of the plan; the main step without."),
    ] = None
    document: Annotated[
        str | None,
        described("Id of a paper; the one that carries the step without.", max_length=100),
    ] = None
    answers: Annotated[
        dict[str, Answered],
        described("What only the officer knows, by the key of the field.", max_length=MOST_ANSWERS),
    ] = {}
    form: Annotated[Literal["md", "html"], described("Markdown or HTML.")] = "md"


class PaperOfStep(BaseModel):
    """A paper that goes with a step of the plan."""

    step: Annotated[int, described("Number of the step.")]
    document: Annotated[str, described("Id of the paper.")]
    name: Annotated[str, described("What the paper is called.")]
    main: Annotated[bool, described("Whether it carries the step; else it can go beside it.")]


class Fault(BaseModel):
    """One fault: what is wrong, where, and what to do about it."""

    message: Annotated[str, described("What is wrong, in the words that were sent.")]
    line: Annotated[int | None, described("Line of a file; null where there is none.")] = None
    fix: Annotated[str | None, described("What to do about it; null where nothing is known.")] = None

    @computed_field(  # type: ignore[prop-decorator] # mypy knows no decorator over a property
        description="The message, by the name that it had before; read `message`.",
        json_schema_extra={"deprecated": True},
    )
    @property
    def said(self) -> str:
        """The message, for programs that read it by the name that it had before."""
        return self.message


class ProblemDetails(BaseModel):
    """A fault as RFC 9457 has it."""

    type: Annotated[str, described("Always `about:blank`: the status says what kind it is.")] = "about:blank"
    title: Annotated[str, described("The status in words.")]
    status: Annotated[int, described("The status of the answer.")]
    detail: Annotated[str, described("Every fault with its cure, in sentences.")]
    problems: Annotated[list[Fault], described("The faults one by one.")] = []
