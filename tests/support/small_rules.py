"""A whole rulebook in miniature, with one rule of each form. Treaties, States' data and law are made up.

Tests write it into a folder of their own, with changes where they need them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

FILES: dict[str, str] = {
    "rulebook.yaml": """\
version: 1.2.3
name: A small rulebook
data_date: 2026-01-01
roles: {preserve: keep, inform: tell, deliver: obtain}
role_order:
  - [preserve, deliver]
families: {informal_le: police, mla: formal, preservation: keeping, refuse_or_adapt: refuse}
parties: {police: police, central_authority: central authority, nobody: nobody}
groups:
  formal: [assistance, letters]
""",
    "facts/case.yaml": """\
facts:
  offence:
    asks: Which offences?
    of: case
    type: many
    values: {fraud: , trafficking: in persons, corruption: }
  stage:
    asks: How far has the case come?
    of: case
    values: {investigation: , trial: }
    presumed: investigation
    because: Most cases are under investigation.
  max_penalty_months:
    asks: What is the longest term?
    of: case
    type: number
    unit: months
    values: {}
  charged_on:
    asks: When was the charge?
    of: case
    type: date
    values: {}
""",
    "facts/need.yaml": """\
facts:
  coercive:
    asks: Does it compel someone?
    of: need
    values: {yes: , no: }
  dual_criminality:
    asks: Is it an offence there too?
    of: need
    values: {yes: , no: }
    nature: fixed
  consent:
    asks: Who consented?
    of: need
    values: {given: , refused: , not_sought: }
    presumed: not_sought
    because: Consent must be shown.
    nature: obtainable
  keep_until:
    asks: Until when are the data kept?
    of: need
    type: date
    values: {}
  days_left:
    asks: How many days are left?
    of: need
    type: number
    unit: days
    values: {}
    looked_up: {days_until: keep_until}
  places:
    asks: How many places?
    of: need
    type: number
    values: {}
  third_state:
    asks: Which other State is touched?
    of: need
    type: state
    values: {}
  remark:
    asks: Anything else?
    of: need
    type: text
    values: {}
  penalty_kept:
    asks: Does the requested State keep the grave penalty?
    of: pair
    values: {yes: , no: }
    looked_up: {state: requested, key: penalty_kept}
    nature: fixed
  risk_of_penalty:
    asks: Is the grave penalty a risk?
    of: need
    values: {yes: , no: }
    presumed: no
    because: Few offences carry it.
    presumed_unless: {penalty_kept: yes}
  in_club:
    asks: Is the requested State in the club?
    of: pair
    values: {yes: , no: }
    looked_up: {member_of: club, who: requested}
  crossing_agreed:
    asks: Did every State crossed agree?
    of: need
    values: {yes: , no: }
    looked_up: {via: consent}
  police_can_give:
    asks: Can police give it?
    of: need
    values: {yes: , no: }
    looked_up: {from: measure, otherwise: no}
  grave:
    says: A grave offence.
    of: case
    derived: yes
""",
    "measures.yaml": """\
measures:
  find_person:
    name: finding a person
    presumes: {coercive: no}
    has: {police_can_give: yes}
    ways: [police, assistance, letters]
  take_statement:
    name: a statement
    ways: [assistance, letters]
  keep_data:
    name: keeping data
    presumes: {coercive: no}
    ways: [preservation, assistance]
""",
    "pathways/all.yaml": """\
pathways:
  police:
    name: Police to police
    family: informal_le
    informal: yes
    role: inform
    sender: police
    receiver: police
    action: Ask police
    routes:
      - {id: police/custom, opens: {}, lead: [paper 1], kind: practice, says: Police talk.}
  preservation:
    name: Preservation
    family: preservation
    role: preserve
    sender: police
    receiver: police
    action: Preserve
    routes:
      - {id: preservation/alpha, opens: {in_force: alpha}, lead: [alpha 3], says: Both are parties.}
  assistance:
    name: Mutual assistance
    family: mla
    role: deliver
    sender: central_authority
    receiver: central_authority
    action: Request
    routes:
      - {id: assistance/alpha, opens: {in_force: alpha, grave: yes}, lead: [alpha 1(1)], support: [alpha 1(2)], says: Both are parties.}
      - {id: assistance/club, opens: {in_club: yes}, lead: [club 4], says: Both are in the club.}
  letters:
    name: Letters rogatory
    family: mla
    role: deliver
    sender: central_authority
    receiver: central_authority
    action: Send letters
    routes:
      - {id: letters/comity, opens: {}, lead: [paper 2], kind: practice, says: Comity.}
  refer:
    name: Refer
    family: refuse_or_adapt
    role: inform
    sender: nobody
    receiver: nobody
    last_resort: yes
    action: Refer
    routes:
      - {id: refer/home, opens: {}, lead: [paper 3], kind: practice, says: Nothing else is left.}
""",
    "reasoning/rules.yaml": """\
- id: offence.grave
  says: Four years or a listed offence is grave.
  when: {any: [{max_penalty_months: {at_least: 48}}, {offence: [trafficking]}]}
  is: grave
  basis: [alpha 2]
- id: police.no-compulsion
  says: Police channels compel nobody.
  when: {coercive: yes}
  bar: police
  basis: [paper 1]
- id: assistance.dual-criminality
  says: The act must be an offence on both sides where one is compelled.
  on: formal
  when: {coercive: yes}
  needs:
    - {dual_criminality: yes, how: curable}
  basis: [alpha 1(2)]
- id: assistance.grave-penalty
  says: A risk of the grave penalty closes the formal ways.
  when: {risk_of_penalty: yes}
  close: formal
  basis: [alpha 5]
- id: assistance.assurance
  says: Consent lifts that.
  when: {consent: given}
  warn: consent_was_given
  defeats: [assistance.grave-penalty]
  basis: [alpha 5]
- id: preserve.first
  says: What may be lost is kept first.
  when: {days_left: {below: 30}}
  first_open: [preservation, police]
  as: preserve
  if_none: nothing_keeps_it
  basis: [alpha 3]
- id: police.tell-early
  says: Tell police early.
  include: [police]
  as: inform
  standing: design
- id: prefer.letters-on-trial
  says: On trial, letters go before.
  when: {stage: trial}
  prefer: letters
  over: assistance
  standing: contested
  views: {a: letters first, b: treaty first, default: a}
  basis: [paper 2]
- id: order.preserve-first
  says: Preservation comes before assistance.
  before: preservation
  over: assistance
  standing: design
- id: duty.say-why
  says: Say why.
  on: formal
  duty: say_why
  basis: [alpha 1(1)]
- id: limit.only-this-case
  says: Only for this case.
  on: assistance/alpha
  limit: only_this_case
  basis: [alpha 4]
- id: warn.by-route
  says: What to know of each route.
  when: {dual_criminality: no}
  table:
    - {on: assistance/alpha, warn: may_be_refused, basis: [alpha 1(2)]}
    - {on: letters, when: {coercive: yes}, warn: may_be_refused, basis: [paper 2]}
- id: guard.informal-ways
  says: Informal ways do not depend on dual criminality.
  never: police
  because_of: dual_criminality
  basis: [paper 1]
""",
    "wording/all.yaml": """\
warnings:
  consent_was_given: {says: Consent was given., level: note}
  nothing_keeps_it: {says: Nothing keeps the data., level: stop}
  may_be_refused: {says: It may be refused., level: caution}
duties:
  say_why: {says: Say why it is needed.}
limits:
  only_this_case: {says: Only for this case.}
""",
    "instruments.yaml": """\
instruments:
  alpha:
    short: Alpha Treaty
    name: The Alpha Treaty
    kind: treaty
    in_force: 2000-01-01
    rows: 4
    reaches: 2027-12-31
    complete: {from: 2000-01-01, to: 2027-12-31}
    checked: 2026-01-01
  club:
    short: Club
    name: The Club
    kind: network
    rows: 1
    reaches: 2027-12-31
    complete: {from: 2000-01-01, to: 2027-12-31}
    checked: 2026-01-01
  paper:
    short: Paper
    name: The paper
    kind: practice
    checked: 2026-01-01
""",
    "instruments/alpha.yaml": """\
instrument: alpha
read_at: https://example.org/alpha
checked: 2026-01-01
provisions:
  "1(1)": {says: States assist each other., mark: text, anchor: shall assist each other always}
  "1(2)": {says: They may refuse., mark: text, anchor: may refuse to assist another}
  "2": {says: What is grave., mark: secondary}
  "3": {says: Data are kept., mark: text, anchor: data shall be kept safe}
  "4": {says: Only for the case., mark: text, anchor: only for the case named}
  "5": {says: The grave penalty., mark: unverified}
""",
    "instruments/club.yaml": """\
instrument: club
read_at: https://example.org/club
checked: 2026-01-01
provisions:
  "4": {says: Members assist each other., mark: text, anchor: members shall assist each other}
""",
    "instruments/paper.yaml": """\
instrument: paper
read_at: https://example.org/paper
checked: 2026-01-01
provisions:
  "1": {says: Police talk., mark: text, anchor: police may talk to police}
  "2": {says: Letters travel., mark: text, anchor: letters travel from court to court}
  "3": {says: Some go home., mark: text, anchor: some may go home again}
""",
    "membership/alpha.csv": """\
state,status,since,until,since_basis,source,confidence,checked,note
KEN,party,2004-07-16,,,unsourced,high,2026-01-01,
FRA,party,2003-01-01,,,unsourced,high,2026-01-01,
NOR,party,2003-01-01,,,unsourced,high,2026-01-01,
NAM,party,2003-01-01,,,unsourced,high,2026-01-01,
""",
    "membership/club.csv": """\
state,status,since,until,since_basis,source,confidence,checked,note
DEU,member,2001-01-01,,,unsourced,high,2026-01-01,
""",
    "states/names.csv": """\
alpha2,alpha3,name,parent
KE,KEN,Kenya,
FR,FRA,France,
DE,DEU,Germany,
NO,NOR,Norway,
NA,NAM,Namibia,
GB,GBR,United Kingdom,
GR,GRC,Greece,
BE,BEL,Belgium,
""",
    "states/aliases.csv": """\
written,alpha3,note
UK,GBR,"`UK` is read as GB, United Kingdom"
EL,GRC,"`EL` is read as GR, Greece"
""",
    "states/groups.yaml": "groups: {}\n",
    "states/BEL.yaml": "facts:\n  penalty_kept: {value: yes, source: https://example.org/register, mark: secondary, checked: 2026-01-01}\n",
    "states/DEU.yaml": "facts:\n  penalty_kept: {value: no, source: https://example.org/register, mark: secondary, checked: 2026-01-01}\n",
    "territories.csv": "instrument,territory,status,since,until,source,confidence,checked,note\n",
    "objections.csv": "instrument,state,other,source,confidence,checked,note\n",
    "providers.csv": "service,company,state,users,source,confidence,checked,note\n",
    "bilateral.csv": "kind,state,other,status,signed,in_force,ended,title,source,confidence,checked,note\n",
    "declarations.csv": "instrument,state,article,effect,source,checked\n",
    "ties.yaml": "ties: {}\n",
}


FOLDERS = ("facts", "pathways", "reasoning", "wording", "words", "instruments", "states", "documents")


def named(files: Mapping[str, str]) -> str:
    """The block `files` for a set of files."""
    trees = [
        name.removesuffix(".yaml")
        for name in sorted(files)
        if name.endswith(".yaml") and name != "rulebook.yaml"
    ]
    blocks = {"top": [name for name in trees if "/" not in name]}
    for folder in FOLDERS:
        blocks[folder] = [name.removeprefix(f"{folder}/") for name in trees if name.startswith(f"{folder}/")]
    return "files:\n" + "".join(f"  {key}: [{', '.join(names)}]\n" for key, names in blocks.items() if names)


def write_rules(folder: Path, changes: Mapping[str, str | None] | None = None) -> Path:
    """The small rulebook in a folder. changes: files to write instead, or to leave out where None.

    The block `files` of rulebook.yaml names what is written, unless it is there already.
    """
    files = {name: text for name, text in {**FILES, **(changes or {})}.items() if text is not None}
    top = files.get("rulebook.yaml", "files:")
    if "files:" not in top:
        files["rulebook.yaml"] = top + named(files)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def replaced(name: str, old: str, new: str) -> dict[str, str]:
    """A change of one file: the text that is replaced must be there once."""
    assert FILES[name].count(old) == 1, f"`{old}` stands {FILES[name].count(old)} times in {name}"
    return {name: FILES[name].replace(old, new)}


def line_of(text: str, part: str) -> int:
    """The line on which a part of a text stands; it must stand there once."""
    assert text.count(part) == 1, f"`{part}` stands {text.count(part)} times"
    return text[: text.index(part)].count("\n") + 1
