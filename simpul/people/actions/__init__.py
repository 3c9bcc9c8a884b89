"""Writes of people. Every change leaves a row of history; nothing is merged silently."""

from simpul.people.actions.changing import (
    edit_household,
    edit_person,
    move_person,
    move_persons,
    record_death,
    record_departure,
    record_departures,
    take_back_exit,
)
from simpul.people.actions.merging import (
    merge_pair,
    merge_persons,
    propose_pairs,
    say_different,
    unmerge_person,
)
from simpul.people.actions.registering import (
    NewHousehold,
    NewPerson,
    admit,
    register_household,
    register_households,
    register_person,
    register_persons,
)

__all__ = [
    "NewHousehold",
    "NewPerson",
    "admit",
    "edit_household",
    "edit_person",
    "merge_pair",
    "merge_persons",
    "move_person",
    "move_persons",
    "propose_pairs",
    "record_death",
    "record_departure",
    "record_departures",
    "register_household",
    "register_households",
    "register_person",
    "register_persons",
    "say_different",
    "take_back_exit",
    "unmerge_person",
]
