-- A hold on everything holds everything.
-- red: what_is_held_is_not_destroyed, a_hold_set_after_words_were_taken_back_finds_nothing
select spoil.in_function('holds_of(uuid)',
    'h.scope = ''everything''',
    'false');
