"""Why a wrong answer is what it is: known changes of the case, rearranged maps, single slips."""
