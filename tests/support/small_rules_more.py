"""What the small rulebook does without, so that every part of every file has its place: in `MORE` what a lawyer writes
about the rules, in `TABLES` offices, further rows of the law data, words and a paper.
"""

from __future__ import annotations

# What the small rulebook does without, so that every part of every file has its place here.
MORE = {
    "constraints.yaml": """\
- id: ties.club-needs-alpha
  says: Members of the club are parties.
  holds: {any: [{not: {in_force: club}}, {in_force: alpha}]}
  excludes: {in_force: club, not: {in_force: alpha}}
  basis: [alpha 1(1)]
""",
    "expectations.yaml": """\
- {id: expected.dead-end, claim: complete, because: So it is., when: {coercive: yes}, items: [some.rule]}
""",
    "invariants.yaml": """\
- id: invariant.consent
  says: Consent takes nothing.
  surely: {kind: request, warned: may_be_refused}
  change: {fact: consent, from: [refused], to: given}
  keeps: {open: [assistance, police]}
  never_gains: [{delivers: [letters]}]
  unless: {step_for: preserve}
  measures: [keep_data]
""",
    "glossary.yaml": """\
terms:
  comity: {says: Courtesy., also: [courtesy], usage: laws, mark: unverified}
  treaty: {says: An agreement., source: [alpha 1(1)], see: [comity]}
names: {Alpha: alpha}
watch: [comity]
heads: [authority]
""",
    "paper-map.yaml": "rows:\n  \"1\": {says: Police talk., rules: [police.no-compulsion], pathways: [police]}\n",
    "states/keys.yaml": "keys: {central_authority: Who receives requests}\n",
    "states/groups.yaml": "groups:\n  north: {says: The north., states: [NOR, DEU]}\n",
    "states/FRA.yaml": """\
known:
  central_authority: {value: A ministry, basis: "alpha 3", mark: text, checked: 2026-01-01}
cites:
  - {pathway: assistance, provision: "alpha 1(2)"}
""",
    "ties.yaml": "ties:\n  a: alpha\n  both: {says: one of two, any_of: [alpha, club]}\n  asked: {asked: a memorandum, says: none}\n",
    "pathways/more.yaml": """\
pathways:
  visit:
    name: A visit
    family: mla
    role: deliver
    sender: police
    receiver: police
    action: Visit
    tells: Go there.
    answering: {action: Receive, tells: Let them come., sender: police, receiver: police}
    put_in: [who, when]
    safeguards: [leave]
    not_for:
      - {what: compulsion, rule: police.no-compulsion}
    time: {least_days: 1, most_days: 3, limit: none, basis: [alpha 3], mark: text, answers: [{hours: 8, when: {coercive: no}, basis: [alpha 3]}, {days: 10}]}
    routes:
      - {id: visit/alpha, opens: {any: [{in_force: alpha}, {count: {at_least: 2, of: [{grave: yes}, {coercive: no}]}}]}, lead: [alpha 3], kind: treaty}
""",
}  # fmt: skip

TABLES = {
    "offices/addresses.csv": "copy,official\nhttps://copy\\.example\\.org/(\\d+),https://example.org/\\1\n",
    "offices/authorities.csv": """\
state,role,instrument,provision,partner,name,unit,through,since,until,source,read_at,confidence,seen,checked,note
FRA,central,alpha,3,,Ministry of Justice; Public prosecutor,Mutual help,,2003,,https://example.org/a,,high,2020-05,2026-01-01,
FRA,desk,office,,,National police,,,,,,https://copy.example.org/7,medium,,2026-01-01,a desk
NOR,central,office,,,Ministry,,direct,,2030-01-01,https://example.org/b,,high,,2026-01-01,
KEN,central,bilateral,,FRA,Attorney General,,,,,https://example.org/c,,low,2011,2026-01-01,
""",
    "offices/by_treaty.csv": """\
instrument,role,provision,needs,without,name,unit,source,read_at,confidence,checked,note
alpha,central,3,club,DEU; NAM,Ministry of Justice,,https://example.org/alpha,,medium,2026-01-01,
""",
    "offices/channels.csv": """\
pathway,route,asked,asking,needs,sender_party,receiver_party,declared_under,via,basis,also,languages
assistance,assistance/alpha,,,,central_authority,central_authority,alpha,direct,alpha 3,diplomatic alpha 4,alpha 3
letters,,NOR,,alpha,,,bilateral alpha,diplomatic,,,alpha 4
police,,,,,police,police,,direct,,,
""",
    "offices/copies.csv": "pathway,instruments,way,duty,party,always\nassistance,alpha,direct,say_why,police,yes\n",
    "offices/languages.csv": """\
state,instrument,provision,partner,languages,needed,says,since,until,source,read_at,confidence,seen,checked,note
FRA,alpha,3,,English; French,one,By official translation,,,https://example.org/d,,high,,2026-01-01,
NOR,club,4,,Norwegian,all,,2003,,https://example.org/e,,high,,2026-01-01,
""",
    "offices/narrow.csv": "instrument,state,role,because\nclub,,,Courtesy only\n",
    "offices/official.csv": """\
state,languages,source,read_at,checked,note
FRA,French,https://example.org/f,,2026-01-01,
""",
    "offices/parts.csv": """\
state,role,instrument,name,part,stages,ways,binds,pathways,side
FRA,central,alpha,Ministry of Justice; Public prosecutor,Public prosecutor,investigation,direct,alpha,assistance,asked
""",
    "offices/remarks.csv": "state,role,instrument,name,remark\nNOR,central,office,Ministry,it hands on\n",
    "offices/roles.csv": """\
role,party,pathways,side,within,carries,outside,measures,asked_of,title,ask
central,central_authority,,both,,yes,,,desk,Central authority,Ask the ministry.
desk,police,police,both,alpha,,,find_person,,Police desk,Ask the police.
""",
    "offices/sisters.csv": "instrument,sisters\nalpha,club\n",
    "offices/wording.csv": """\
key,says
way.direct,directly
way.diplomatic,through diplomatic channels
language.short,{languages}
language.short.due,{languages}; translation due
language.short.unknown,ask which
language.short.unknown.official,"{languages} (official), or ask"
language.short.unknown.shared,{languages}
language.short.probably,"probably {languages}, as under {under}"
language.short.unread,ask
language.short.unread.official,ask about {languages}
language.short.unread.shared,{languages}
language.official,Official there: {languages}.
language.no_translation,{state} accepts {languages}
language.translate_one,Write to {state} in {languages}
language.translate,Write to {state} in one of {languages}
language.translate_all,Write to {state} in all of {languages}
language.elsewhere,It accepts {languages} under {under}.
language.of_requests,English; French
language.unknown,What {state} accepts is not known
language.official.alpha 4,Write to {state} in {languages}
ask.confirm,Held under {under}: confirm.
ask.other_help,It is held for {help}.
ask.by_treaty,{treaty} names the {office} of {state}.
ask.by_treaty_unread,{treaty} is said to name the {office}.
ask.by_treaty_confirmed,"So says {treaty}, and {state} under {under}."
ask.by_treaty_other,"{treaty} names the {office}, and {state} this one."
ask.territory,{state} answers for itself and not {parent}.
ask.own,Ours is not held.
duty.code,say_why
duty.rule,duty.say-why
""",
    "states/languages.csv": "state,languages\nKEN,English; Swahili\nFRA,French\nNOR,Norwegian\nDEU,German\nNAM,English\n",
    "states/NOR.yaml": """\
facts:
  penalty_kept: {value: no, basis: "alpha 5", source: https://example.org/n, mark: text, anchor: the penalty is not kept there, checked: 2026-01-01}
known:
  central_authority: {value: The ministry, says: It hands on., source: unsourced, mark: unverified, checked: 2026-01-01}
cites:
  - {pathway: police, provision: "paper 1", measures: [find_person]}
""",
    "bilateral.csv": """\
kind,state,other,status,signed,in_force,ended,title,source,confidence,checked,note
assistance,FRA,KEN,in_force,1981-06-24,1982-12-08,,Treaty on legal assistance,https://example.org/k,high,2026-01-01,
""",
    "providers.csv": """\
service,company,state,users,source,confidence,checked,note
chatter; chat,Chatter Inc.,KEN,,https://example.org/p,high,2026-01-01,
chatter,Chatter Limited,NOR,FRA; DEU,https://example.org/p,low,2026-01-01,
""",
    "declarations.csv": """\
instrument,state,article,effect,source,checked
alpha,FRA,3,It wants a translation,https://example.org/g,2026-01-01
""",
    "objections.csv": "instrument,state,other,source,confidence,checked,note\nalpha,NAM,KEN,unsourced,high,2026-01-01,no relations\n",
    "territories.csv": "instrument,territory,status,since,until,source,confidence,checked,note\n",
    "words/all.yaml": """\
words:
  measure:
    find_person: [locate, (find|seek) ... (man|woman), "=where"]
  offence:
    fraud+corruption: [graft]
  same: {man: [bloke]}
""",
    "documents/letter.yaml": """\
blocks:
  who: [{id: from_whom, name: From, from: sender.name, weight: required}]
documents:
  letter:
    name: A letter
    for: [{pathways: [assistance], kinds: [request]}]
    source: The alpha treaty
    mark: text
    signs: The central authority
    notes: [Keep it short.]
    sections:
      - {id: "1", name: From, weight: expected, mark: unverified, use: [who]}
      - {id: "2", name: Facts, weight: required, mark: text, asked_by: [alpha 3], fields: [{id: facts_said, name: Facts, ask: What happened?, hint: [fact.offence]}]}
""",
}  # fmt: skip
