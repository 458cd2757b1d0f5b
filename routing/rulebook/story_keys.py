"""What a file of words says of how a story is read (`story`); README.md of the rules tells what each is."""

from __future__ import annotations

PHRASES = (
    *("denies", "denies_not", "parts", "idle", "ours", "we_are", "companies", "capital"),
    *("languages", "sources", "shortened", "own", "ours_beside", "we_do", "signs", "done"),
    *("besides", "lives", "persons", "counted", "also_names", "toward", "not_towns"),
    *("wishes", "due", "ahead", "ahead_of", "how_often", "lasting", "own_state", "scenes", "within"),
    *("left", "yields", "addressed", "called", "unsaid", "wished_of", "signs_too", "at_ours"),
    *("we_did", "things", "people", "stand_for_one", "stand_for_many", "of_things"),
    *("authorities", "if_asked", "fill", "stays", "prevents", "says", "orders", "wished"),
    *("past", "clues", "given", "reaches", "units", "held", "before_a_place", "of_a_place"),
    *("conditions", "may_be", "yields_to_share", "gives", "speakers", "reports"),
    *("yields_to_answer", "feared", "settles", "yields_to_use", "doubts", "doubts_before"),
    *("later", "later_before", "busy", "takes_back", "denies_before", "long_past"),
    *("ended", "ended_before"),
    *("says_before", "firms", "acts", "did", "wishing", "knowing", "what_came", "our_acts", "our_finds", "crew", "magnitudes", "currencies", "grown", "goes", "of_who_did_it"),
    *("asking", "verbs_will", "verbs_may", "verbs_must", "adverbs", "leads", "joins"),
    *("goes_on", "only_if", "asks_who", "denies_need", "unable", "another_case", "onward"),
    *("opens", "says_no_need", "relatives", "left_behind", "spoke_to_us"),
    *(
        "persons_in_office",
        "so_far",
        "days_ahead",
        "came_to_us",
        "our_answer",
        "says_yes",
        "says_no",
        "denies_line",
        "courts",
        "ends_then",
        "no_hurry",
        "idle_together",
        "enumerates",
        "each_of_them",
    ),
    *("yields_to_request", "wants_nothing", "had_before", "unsaid_later", "the_same"),
    *("corrects", "one_not_other", "writes", "by_side", "questions_of_lines", "after_person"),
    *(
        "no_person",
        "counts_off",
        "greetings",
        "letters",
        "mistaken",
        "calls",
        "runs_from",
        "held_for",
        "ends_by",
        "to_come",
        "weapons",
        "not_a_time",
        "looks_back",
    ),
)
"""Those that list words as people write them."""
TOPICS = (
    *("in_phrases", "not_read", "only_ours", "denied_tells_nothing", "of_crimes", "kept_inside"),
    *("kept_cut", "as_told", "of_answers", "of_uses", "of_measures", "above_crimes", "of_offices"),
    *("not_in_names", "never_doubted", "never_said", "never_taken_back", "never_later"),
    *("not_of_tellers", "yields_doubted", "yields_said", "yields_later", "yields_aside"),
    *("yields_conditional", "of_wishes", "tells_of_children", "never_aside"),
    *(
        "never_had",
        "never_ended",
        "yields_long_past",
        "only_wished",
        "not_if_so",
        "not_of_ours_got",
        "of_whom",
    ),
    *("of_loss", "above_all", "not_as_measure"),
)
"""Those that list topics of words."""
IDS = (
    *TOPICS,
    *(
        "by_state",
        "leads_of_lines",
        "papers",
        "parts_of_states",
        "named_as_parts",
        "holders",
        "undoes",
        "told_always",
        "of_people",
        "of_accounts",
        "of_children",
    ),
    *("only_of_people", "values_yield", "roles_of_people", "told_by_deeds", "even_beside"),
    *("groups_of_people", "groups_of_things"),
)
"""Those that list topics, values of a fact, or warnings, as they stand in the rules."""
STORY = (*PHRASES, *IDS)
